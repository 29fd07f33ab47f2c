import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../support/command.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { startMockIssuer } from '../support/social/mock-issuer.ts';
import type { Peer } from '../support/social/peer.ts';

let issuer: Peer;
let env: Record<string, string>;
beforeAll(async () => {
  issuer = await startMockIssuer();
  env = {
    DATA_DIR: join(temporaryDirectory('data'), 'new'),
    ...issuer.settings,
    SOCIAL_REDIRECT_URIS: 'http://localhost/',
  };
});
afterAll(() => issuer.close());

test('doctor checks that users can be sent to a provider', async () => {
  const { code, stdout } = await runCommand(['doctor'], { env });
  expect(stdout).toMatch(/✓ social +users can be sent to mock/);
  expect(code).toBe(0);
});

test('doctor reports an issuer that is spelled differently, without printing secrets', async () => {
  const other = { ...env, OIDC_MOCK_ISSUER: `${issuer.origin}/` };
  const { code, stdout } = await runCommand(['doctor'], { env: other });
  expect(stdout).toMatch(/✗ social +mock: discovery: it names another issuer\n +→ check/);
  expect(stdout).not.toContain(issuer.settings.OIDC_MOCK_CLIENT_SECRET);
  expect(code).toBe(1);
});

test('doctor reports a provider that is down', async () => {
  const { code, stdout } = await runCommand(['doctor'], { env: { ...env, OIDC_MOCK_ISSUER: 'http://127.0.0.1:9' } });
  expect(stdout).toMatch(/✗ social +mock: discovery: ECONNREFUSED/);
  expect(code).toBe(1);
});
