package io.headwaiter.gateway.contracts;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /docs}: Swagger UI over {@code /contracts/openapi.yaml}. All of it comes from here, and its browser is told to load
 * nothing from elsewhere and to send nothing elsewhere: people type their keys into it.
 */
@RestController
class DocsEndpoint {

    private static final String WEBJAR = "classpath*:/META-INF/resources/webjars/swagger-ui/*/";

    /** Swagger UI sets styles as it goes, and its own style sheet has pictures in it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");
    private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final Resource program;
    private final Resource style;

    DocsEndpoint() throws IOException {
        this.program = ofTheWebjar("swagger-ui-bundle.js");
        this.style = ofTheWebjar("swagger-ui.css");
    }

    @GetMapping("/")
    ResponseEntity<Void> begin() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/docs"))
                .build();
    }

    @GetMapping("/docs")
    ResponseEntity<Resource> page() {
        return file(PAGE, new ClassPathResource("docs.html", DocsEndpoint.class));
    }

    @GetMapping("/docs/start.js")
    ResponseEntity<Resource> start() {
        return file(SCRIPT, new ClassPathResource("docs-start.js", DocsEndpoint.class));
    }

    @GetMapping("/docs/swagger-ui.js")
    ResponseEntity<Resource> program() {
        return file(SCRIPT, program);
    }

    @GetMapping("/docs/swagger-ui.css")
    ResponseEntity<Resource> style() {
        return file(STYLE, style);
    }

    private static ResponseEntity<Resource> file(MediaType type, Resource resource) {
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Security-Policy", POLICY)
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic())
                .body(resource);
    }

    private static Resource ofTheWebjar(String name) throws IOException {
        Resource[] found = new PathMatchingResourcePatternResolver().getResources(WEBJAR + name);
        if (found.length != 1) {
            throw new IllegalStateException(name + " is there " + found.length + " times");
        }
        return found[0];
    }
}
