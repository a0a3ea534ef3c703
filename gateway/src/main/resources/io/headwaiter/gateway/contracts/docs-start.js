// A key that is typed in is kept by this page only, and only until it is closed.
SwaggerUIBundle({
  url: '/contracts/openapi.yaml',
  dom_id: '#api',
  deepLinking: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null
});
