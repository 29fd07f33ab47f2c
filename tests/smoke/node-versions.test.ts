import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { delimiter } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LogoutDocument } from '../../schema/generated/graphql.ts';
import { serveBuilt, spawnBuilt } from '../support/built-program.ts';
import { login, me, refresh, register, verify } from '../support/calls.ts';
import { apiClient, expectType } from '../support/client.ts';
import { freshDatabase } from '../support/databases.ts';
import { PASSWORD, uniqueEmail } from '../support/people.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

// Runs the built program as users do, with each Node.js binary in SMOKE_NODES (paths separated by colons).

const nodes = (process.env.SMOKE_NODES ?? process.execPath).split(delimiter).map((path) => {
  const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
  return { path, version, isSupported: Number(/^v(\d+)/.exec(version)?.[1]) >= 20 };
});
const supported = nodes.filter(({ isSupported }) => isSupported);
const tooOld = nodes.filter(({ isSupported }) => !isSupported);

/** Signs up, signs in, refreshes and signs out. */
async function exerciseService(node: string, env: Record<string, string>): Promise<void> {
  const service = await serveBuilt(node, env);
  const client = apiClient(service.url);
  const email = uniqueEmail();
  const { id } = expectType(await register(client, { email, password: PASSWORD }), 'Challenge');
  const { code } = await service.message(email);
  expectType(await verify(client, { challengeId: id, code: code ?? '' }), 'Authenticated');

  const signedIn = expectType(await login(client, email, PASSWORD), 'Authenticated');
  expect(await me(client, signedIn.accessToken)).toMatchObject({ email });
  const refreshed = expectType(await refresh(client, signedIn.refreshToken ?? ''), 'Authenticated');
  const { accessToken: token } = refreshed;
  await client.request(LogoutDocument, { input: { refreshToken: refreshed.refreshToken } }, { token });
  expect(await me(client, token)).toBeFalsy();
  expectType(await refresh(client, refreshed.refreshToken ?? ''), 'RefreshRejected');
  expect(await service.stop()).toBe(0);
}

describe('the embedded database', () => {
  test.each(supported)('serves on Node.js $version', ({ path }) => exerciseService(path, {}));
});

describePostgres('PostgreSQL', () => {
  test.each(supported)('serves on Node.js $version', async ({ path }) => {
    const { url, drop } = await freshDatabase(await postgresServer());
    await exerciseService(path, { DATABASE_URL: url, SECRET_KEY: randomBytes(32).toString('base64') });
    await drop();
  });
});

test.each(tooOld)('Node.js $version is refused in one line that names the minimum', async ({ path, version }) => {
  const { ended, output } = spawnBuilt(path, ['serve']);
  expect(await ended).toBe(1);
  expect(output()).toBe(`latchkey: requires Node.js 20.19 or later; this is ${version.slice(1)}\n`);
});
