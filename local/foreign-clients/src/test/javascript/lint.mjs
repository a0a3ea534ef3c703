// What linters find wrong with the contracts: node lint.mjs ASYNCAPI OPENAPI
import { spawnSync } from 'node:child_process';
import { Parser, fromFile } from '@asyncapi/parser';

const [asyncapi, openapi] = process.argv.slice(2);

const { diagnostics } = await fromFile(new Parser(), asyncapi).parse();
const parser = diagnostics
  // Errors and warnings; below are remarks, such as that there is a later version of AsyncAPI.
  .filter(({ severity }) => severity <= 1)
  .map(({ code, path, message }) => `${code} at ${path.join('/')}: ${message}`);

const redocly = {};
for (const [name, file] of Object.entries({ asyncapi, openapi })) {
  const lint = ['node_modules/@redocly/cli/bin/cli.js', 'lint', file, '--config', 'redocly.yaml', '--format', 'json'];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout, stderr } = spawnSync(process.execPath, lint, { env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (!stdout.startsWith('{')) throw new Error(stderr);
  redocly[name] = JSON.parse(stdout).problems.map(
    ({ ruleId, message, location }) => `${ruleId} at ${location[0].pointer}: ${message}`);
}
console.log(JSON.stringify({ parser, redocly }));
