import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Environment } from '../../../src/config.ts';
import { loadTestConfig } from '../../support/config.ts';
import { startHttp, type TestServer } from '../../support/http.ts';

const FINGERPRINT = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0').toUpperCase());

const start = (env: Environment) =>
  startHttp({ passkeys: loadTestConfig({ PUBLIC_URL: 'https://example.com', ...env }).passkeys });

const FILES = ['apple-app-site-association', 'assetlinks.json', 'webauthn'].map((name) => `/.well-known/${name}`);

describe('the files that associate apps and sites with passkeys', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await start({
      PASSKEY_IOS_APPS: 'ABCDE12345.com.example.app,ABCDE12345.com.example.other',
      PASSKEY_ANDROID_APPS: `com.example.app=${FINGERPRINT.join(':')}`,
      PASSKEY_ORIGINS: 'https://app.example.com,https://example.org,http://localhost:8100',
    });
  });
  afterAll(() => server.app.close());

  test.each([
    [
      'apple-app-site-association',
      { webcredentials: { apps: ['ABCDE12345.com.example.app', 'ABCDE12345.com.example.other'] } },
    ],
    [
      'assetlinks.json',
      [
        {
          relation: ['delegate_permission/common.handle_all_urls', 'delegate_permission/common.get_login_creds'],
          target: {
            namespace: 'android_app',
            package_name: 'com.example.app',
            sha256_cert_fingerprints: [FINGERPRINT.join(':')],
          },
        },
      ],
    ],
    ['webauthn', { origins: ['https://example.org'] }],
  ])('%s is what the platform expects', async (name, content) => {
    const response = await fetch(`${server.url}/.well-known/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(await response.json()).toEqual(content);
  });
});

test.each([
  ['not configured', {}],
  ['configured, but passkeys are off', { PASSKEYS: 'off', PASSKEY_IOS_APPS: 'ABCDE12345.com.example.app' }],
])('they do not exist if they are %s', async (_title, env) => {
  const server = await start(env);
  for (const path of FILES) expect((await fetch(server.url + path)).status, path).toBe(404);
  await server.app.close();
});
