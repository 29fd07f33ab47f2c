import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { createAuthenticator } from '../support/authenticator.ts';
import { serveBuilt, spawnBuilt } from '../support/built-program.ts';
import { apiClient, expectType } from '../support/client.ts';
import { startCollector } from '../support/collector.ts';
import { parseExposition } from '../support/exposition.ts';
import { addPasskey, signInByPasskey, startLogin } from '../support/passkeys.ts';
import { freePort } from '../support/ports.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { registerUser } from '../support/sessions.ts';

/** Writes the URL of every module that a process loads to a file. */
function recordModules() {
  const directory = temporaryDirectory('modules');
  const [hooks, registration, list] = ['hooks.mjs', 'register.mjs', 'list.txt'].map((name) => join(directory, name));
  writeFileSync(
    hooks ?? '',
    `import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  appendFileSync(${JSON.stringify(list)}, url + '\\n');
  return next(url, context);
}`,
  );
  writeFileSync(
    registration ?? '',
    `import { register } from 'node:module'; register(${JSON.stringify(pathToFileURL(hooks ?? '').href)});`,
  );
  return {
    env: { NODE_OPTIONS: `--import=${pathToFileURL(registration ?? '').href}` },
    /** Modules of the package that were loaded. */
    of: (name: string) => listModules(list ?? '').filter((url) => url.includes(`/node_modules/${name}/`)),
    ofPackages: () => listModules(list ?? '').filter((url) => url.includes('/node_modules/')),
    /** Modules of the program that were loaded. */
    ofProgram: () =>
      listModules(list ?? '').flatMap((url) => (url.includes('/node_modules/') ? [] : (url.split('/dist/')[1] ?? []))),
  };
}

const listModules = (list: string): string[] => (existsSync(list) ? readFileSync(list, 'utf8').split('\n') : []);

test('the built program loads the library for passkeys when the first response of one arrives', async () => {
  const modules = recordModules();
  const service = await serveBuilt(process.execPath, { ...modules.env, EMAIL_VERIFICATION: 'off' });
  const client = apiClient(service.url);
  const { accessToken } = await registerUser(client);
  expectType(await startLogin(client), 'PasskeyLogin');
  expect(modules.of('fastify').length).toBeGreaterThan(0);
  expect(modules.of('@simplewebauthn/server')).toEqual([]);
  expect(modules.of('prom-client')).toEqual([]);
  expect(modules.of('@opentelemetry')).toEqual([]);
  const authenticator = createAuthenticator({
    origin: service.url.replace('127.0.0.1', 'localhost'),
    rpId: 'localhost',
  });
  await addPasskey(client, accessToken, { authenticator });
  expect(modules.of('@simplewebauthn/server').length).toBeGreaterThan(0);
  expectType(await signInByPasskey(client, authenticator), 'Authenticated');
  expect(await service.stop()).toBe(0);
});

test('the built program loads the library for metrics only with METRICS_PORT', async () => {
  const modules = recordModules();
  const port = String(await freePort());
  const service = await serveBuilt(process.execPath, { ...modules.env, METRICS_PORT: port });
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(parseExposition(await response.text()).value('latchkey_dependency_up', { dependency: 'database' })).toBe(1);
  expect(modules.of('prom-client').length).toBeGreaterThan(0);
  expect(await service.stop()).toBe(0);
});

test('the built program loads OpenTelemetry only with an endpoint for traces', async () => {
  const modules = recordModules();
  const collector = await startCollector();
  const service = await serveBuilt(process.execPath, {
    ...modules.env,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
  await fetch(`${service.url}/.well-known/jwks.json`);
  expect(await service.stop()).toBe(0);
  expect(modules.of('@opentelemetry').length).toBeGreaterThan(0);
  expect(collector.spans.map(({ name }) => name)).toContain('GET /.well-known/jwks.json');
  await collector.close();
});

test('latchkey health, which containers run every few seconds, loads no part of the service', async () => {
  const modules = recordModules();
  const { ended } = spawnBuilt(process.execPath, ['health'], { ...modules.env, PORT: String(await freePort()) });
  expect(await ended).toBe(1);
  expect(modules.ofProgram()).toContain('cli/health.js');
  // Nor a package: reading the options and all settings would take five times as long.
  expect(modules.ofProgram().filter((file) => !/^(?:cli|config)\b/.test(file))).toEqual([]);
  expect(modules.ofProgram().length).toBeLessThan(10);
  expect(modules.ofPackages()).toEqual([]);
});
