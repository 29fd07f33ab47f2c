import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serveBuilt, spawnBuilt } from '../support/built-program.ts';
import { freshDatabase } from '../support/databases.ts';
import { exerciseService } from '../support/exercise-service.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { supported, tooOld } from '../support/smoke-nodes.ts';

// Runs the built program as users do, with each Node.js binary in SMOKE_NODES.

describe('the embedded database', () => {
  test.each(supported)('serves on Node.js $version', async ({ path }) => exerciseService(await serveBuilt(path, {})));
});

describePostgres('PostgreSQL', () => {
  test.each(supported)('serves on Node.js $version', async ({ path }) => {
    const { url, drop } = await freshDatabase(await postgresServer());
    const env = { DATABASE_URL: url, SECRET_KEY: randomBytes(32).toString('base64') };
    await exerciseService(await serveBuilt(path, env));
    await drop();
  });
});

test.each(tooOld)('Node.js $version is refused in one line that names the minimum', async ({ path, version }) => {
  const { ended, output } = spawnBuilt(path, ['serve']);
  expect(await ended).toBe(1);
  expect(output()).toBe(`latchkey: requires Node.js 20.19 or later; this is ${version.slice(1)}\n`);
});
