import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Config, loadConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createProvider } from '../../src/features/social/providers/definition.ts';
import { boundedWeb } from '../../src/infra/web/bounded-web.ts';

const SECRET_KEY = 'iWTPjuqAUDRXZSP3kNhDQ5yyOL2Cs3cYl1N1VbH9cYU=';
const load = (env: Record<string, string>) => loadConfig({ SECRET_KEY, ...env });
function loadSocial(env: Record<string, string>): Config['social'] {
  const loaded = load(env);
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.config.social;
}
const loadSettings = (env: Record<string, string>, name: string) =>
  loadSocial(env).providers.find((provider) => provider.name === name)?.settings;
const loadErrors = (env: Record<string, string>) => {
  const loaded = load(env);
  return 'errors' in loaded ? loaded.errors : [];
};
const KEYCLOAK = {
  OIDC_KEYCLOAK_ISSUER: 'https://id.example.com/realms/main',
  OIDC_KEYCLOAK_CLIENT_ID: 'latchkey',
  OIDC_KEYCLOAK_CLIENT_SECRET: 'canary-secret',
};
/** The same settings under another name. */
const renameTo = (name: string) =>
  Object.fromEntries(Object.entries(KEYCLOAK).map(([key, value]) => [key.replace('KEYCLOAK', name), value]));

test('there are no providers without settings', () => {
  expect(loadSocial({})).toMatchObject({ providers: [] });
});

describe('Google, Facebook and GitHub', () => {
  test('accept a client, scopes separated by spaces or commas, further audiences and another server', () => {
    const env = {
      GOOGLE_OAUTH_CLIENT_ID: 'web',
      GOOGLE_OAUTH_CLIENT_SECRET: 's',
      GOOGLE_OAUTH_SCOPES: 'openid, email  https://www.googleapis.com/auth/userinfo.profile',
      GOOGLE_OAUTH_AUDIENCES: 'ios,android',
      GITHUB_OAUTH_CLIENT_ID: 'g',
      GITHUB_OAUTH_CLIENT_SECRET: 's',
      GITHUB_OAUTH_BASE_URL: 'https://github.example.com/',
    };
    expect(loadSettings(env, 'google')).toEqual({
      clientId: 'web',
      clientSecret: 's',
      scopes: ['openid', 'email', 'https://www.googleapis.com/auth/userinfo.profile'],
      audiences: ['ios', 'android'],
      baseUrl: undefined,
    });
    expect(loadSettings(env, 'github')).toMatchObject({ baseUrl: 'https://github.example.com' });
    expect(loadSocial(env).providers.map(({ name }) => name)).toEqual(['google', 'github']);
  });

  test.each([
    [{ GOOGLE_OAUTH_CLIENT_ID: 'x' }, 'GOOGLE_OAUTH_CLIENT_SECRET is required'],
    [{ FACEBOOK_OAUTH_CLIENT_SECRET: 'x' }, 'FACEBOOK_OAUTH_CLIENT_ID is required'],
    [{ GOOGLE_OAUTH_AUDIENCES: 'x' }, 'GOOGLE_OAUTH_CLIENT_ID is required'],
    [{ GITHUB_OAUTH_BASE_URL: 'https://x.example' }, 'GITHUB_OAUTH_CLIENT_ID is required'],
    [{ GITHUB_OAUTH_CLIENTID: 'x' }, 'GITHUB_OAUTH_CLIENTID is not a setting'],
    [{ SOCIAL_REDIRECT_URI: 'x' }, 'SOCIAL_REDIRECT_URI is not a setting; is it SOCIAL_REDIRECT_URIS?'],
  ])('incomplete settings are an error: %j', (env, error) => {
    expect(loadErrors(env)).toContainEqual(expect.stringContaining(error));
  });

  test('another server must be https in production', () => {
    const env = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://a.example',
      GITHUB_OAUTH_BASE_URL: 'http://ghe.example',
    };
    expect(loadErrors(env)).toContain('GITHUB_OAUTH_BASE_URL must be https in production');
  });
});

describe('any number of issuers', () => {
  test('need three settings each, and are sorted by name', () => {
    const found = loadSocial({
      ...KEYCLOAK,
      OIDC_MY_COMPANY_ISSUER: 'https://login.example.com/',
      OIDC_MY_COMPANY_CLIENT_ID: 'b',
      OIDC_MY_COMPANY_CLIENT_SECRET: 'with spaces and = signs',
      OIDC_MY_COMPANY_LABEL: 'Example Inc.',
      OIDC_MY_COMPANY_SCOPES: 'openid,email',
      OIDC_MY_COMPANY_EMAIL_DOMAINS: 'Example.com, example.org',
    });
    expect(found.providers.map(({ name, settings }) => ({ name, settings }))).toMatchObject([
      {
        name: 'keycloak',
        settings: {
          issuer: 'https://id.example.com/realms/main',
          clientId: 'latchkey',
          clientSecret: 'canary-secret',
          scopes: ['openid', 'email', 'profile'],
          label: undefined,
          emailDomains: [],
          responseMode: 'query',
        },
      },
      {
        name: 'my-company',
        settings: {
          issuer: 'https://login.example.com/',
          clientId: 'b',
          clientSecret: 'with spaces and = signs',
          scopes: ['openid', 'email'],
          label: 'Example Inc.',
          emailDomains: ['example.com', 'example.org'],
          responseMode: 'query',
        },
      },
    ]);
  });

  test('are labelled by the name of their variables unless there is a label', () => {
    const env = { ...KEYCLOAK, ...renameTo('MY_COMPANY'), OIDC_MY_COMPANY_ISSUER: 'https://login.example.com' };
    const labels = (changes: Record<string, string>) =>
      loadSocial({ ...env, ...changes }).providers.map(
        (provider) => createProvider(provider, { openWeb: boundedWeb, clock: systemClock }).label,
      );
    expect(labels({})).toEqual(['Keycloak', 'My company']);
    expect(labels({ OIDC_MY_COMPANY_LABEL: 'Example Inc.' })).toEqual(['Keycloak', 'Example Inc.']);
  });

  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const APPLE = {
    OIDC_APPLE_ISSUER: 'https://appleid.apple.com',
    OIDC_APPLE_CLIENT_ID: 'com.example.web',
    OIDC_APPLE_TEAM_ID: 'TEAM123456',
    OIDC_APPLE_KEY_ID: 'KEY1234567',
    OIDC_APPLE_RESPONSE_MODE: 'form_post',
  };
  test.each([
    ['PEM on lines', pem],
    ['PEM on one line', pem.replaceAll('\n', '\\n')],
    ['base64 of PEM', Buffer.from(pem).toString('base64')],
  ])('the key of a signed client secret is accepted as %s', (_title, key) => {
    expect(loadSettings({ ...APPLE, OIDC_APPLE_PRIVATE_KEY: key }, 'apple')).toMatchObject({
      responseMode: 'form_post',
      teamId: 'TEAM123456',
      privateKey: pem,
    });
  });

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  const without = (name: string) => Object.fromEntries(Object.entries(KEYCLOAK).filter(([key]) => key !== name));
  test.each<[Record<string, string>, string]>([
    [without('OIDC_KEYCLOAK_ISSUER'), 'OIDC_KEYCLOAK_ISSUER is required'],
    [without('OIDC_KEYCLOAK_CLIENT_ID'), 'OIDC_KEYCLOAK_CLIENT_ID is required'],
    [without('OIDC_KEYCLOAK_CLIENT_SECRET'), 'OIDC_KEYCLOAK_CLIENT_SECRET is required'],
    [{ OIDC_KEYCLOAK_LABEL: 'x' }, 'OIDC_KEYCLOAK_ISSUER is required'],
    [{ ...KEYCLOAK, OIDC_KEYCLOAK_ISSUER: 'canary' }, 'OIDC_KEYCLOAK_ISSUER must be'],
    [{ ...KEYCLOAK, OIDC_KEYCLOAK_ISSUER: 'https://u:canary@x.example' }, 'OIDC_KEYCLOAK_ISSUER must be'],
    [{ ...KEYCLOAK, OIDC_KEYCLOAK_SCOPES: 'email' }, 'OIDC_KEYCLOAK_SCOPES must contain openid'],
    [{ ...KEYCLOAK, OIDC_KEYCLOAK_SECRET: 'canary' }, 'OIDC_KEYCLOAK_SECRET is not a setting'],
    [{ ...KEYCLOAK, OIDC_KEYCLOAK_RESPONSE_MODE: 'fragment' }, 'OIDC_KEYCLOAK_RESPONSE_MODE must be'],
    [{ ...KEYCLOAK, OIDC_KEYCLOAK_EMAIL_DOMAINS: 'canary' }, 'OIDC_KEYCLOAK_EMAIL_DOMAINS must be'],
    [{ ...KEYCLOAK, OIDC_KEYCLOAK_TEAM_ID: 'x' }, 'exclude each other'],
    [{ ...APPLE }, 'OIDC_APPLE_PRIVATE_KEY is required'],
    [{ ...APPLE, OIDC_APPLE_PRIVATE_KEY: 'canary' }, 'OIDC_APPLE_PRIVATE_KEY must be'],
    [{ ...APPLE, OIDC_APPLE_PRIVATE_KEY: String(rsa) }, 'OIDC_APPLE_PRIVATE_KEY must be'],
    [
      { OIDC_GOOGLE_ISSUER: 'https://accounts.google.com', OIDC_GOOGLE_CLIENT_ID: 'x' },
      'set GOOGLE_OAUTH_* for google',
    ],
    [
      {
        ...KEYCLOAK,
        ...renameTo('TWIN'),
      },
      'OIDC_TWIN_ISSUER must differ from OIDC_KEYCLOAK_ISSUER',
    ],
    [
      {
        ...KEYCLOAK,
        NODE_ENV: 'production',
        PUBLIC_URL: 'https://a.example',
        OIDC_KEYCLOAK_ISSUER: 'http://id.example.com',
      },
      'OIDC_KEYCLOAK_ISSUER must be https in production',
    ],
  ])('report every invalid setting at once, without its value: %j (T86)', (env, error) => {
    expect(loadErrors(env)).toContainEqual(expect.stringContaining(error));
    expect(loadErrors(env).join()).not.toContain('canary');
  });
});

describe('SOCIAL_REDIRECT_URIS', () => {
  test('accepts https, loopback http and app schemes', () => {
    const uris =
      'https://app.example.com/callback?a=b, http://localhost:3000/x,http://127.0.0.1:1/,com.example.app:/cb';
    const env = { SOCIAL_REDIRECT_URIS: uris, ACCOUNT_PAGES: 'off', CONSOLE: 'off' };
    expect(loadSocial(env).redirectUris).toEqual(uris.split(',').map((uri) => uri.trim()));
  });

  test('those of our own pages are added', () => {
    const env = { PUBLIC_URL: 'https://auth.example.com', CONSOLE: 'off' };
    expect(loadSocial(env).redirectUris).toEqual(['https://auth.example.com/account/callback']);
  });

  test.each([
    'http://app.example.com/callback',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'myapp:/callback',
    'https://user@app.example.com/',
    'https://app.example.com/#x',
    '//app.example.com',
    '/callback',
  ])('rejects %s (T83)', (uri) => {
    expect(loadErrors({ SOCIAL_REDIRECT_URIS: uri })).toContainEqual(
      expect.stringContaining('SOCIAL_REDIRECT_URIS must'),
    );
  });

  test('causes a warning if it is empty and a provider is configured', () => {
    const loaded = load(KEYCLOAK);
    expect('warnings' in loaded && loaded.warnings.join()).toContain('SOCIAL_REDIRECT_URIS is empty');
  });
});
