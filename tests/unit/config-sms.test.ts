import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Environment, loadConfig } from '../../src/config.ts';

const SECRET_KEY = randomBytes(32).toString('base64');
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://auth.example.com',
  DATABASE_URL: 'postgres://db/auth',
  SMTP_URL: 'smtps://mx.example.com',
  MAIL_FROM: 'no-reply@example.com',
};
const TWILIO = {
  SMS_PROVIDER: 'twilio',
  TWILIO_ACCOUNT_SID: `AC${'0123456789abcdef'.repeat(2)}`,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_PHONE_NUMBER: '+12025550123',
};
const VERIFY = {
  SMS_PROVIDER: 'twilio-verify',
  TWILIO_ACCOUNT_SID: TWILIO.TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_VERIFY_SERVICE_SID: `VA${'0'.repeat(32)}`,
};
const ESKIZ = { SMS_PROVIDER: 'eskiz', ESKIZ_EMAIL: 'sms@example.com', ESKIZ_PASSWORD: 'a word, and another' };
const GATEWAY = {
  SMS_PROVIDER: 'http',
  SMS_HTTP_URL: 'https://sms.example.com/send?tenant=1',
  SMS_HTTP_SECRET: randomBytes(32).toString('base64'),
};

function load(env: Environment) {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded;
}
const loadGateway = (env: Environment) => load(env).config.sms.gateway;
const loadSettings = (env: Environment) => loadGateway(env)?.settings;

function loadErrors(env: Environment): string[] {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  return 'errors' in loaded ? loaded.errors : [];
}

describe('SMS_PROVIDER', () => {
  test('selects a gateway and its settings', () => {
    expect(loadGateway({})).toBeUndefined();
    expect(loadGateway({ SMS_PROVIDER: 'log' })).toBeUndefined();
    for (const env of [TWILIO, ESKIZ, GATEWAY]) expect(loadGateway(env)?.gateway.name).toBe(env.SMS_PROVIDER);
    expect(loadSettings(TWILIO)).toEqual({
      apiUrl: 'https://api.twilio.com',
      accountSid: TWILIO.TWILIO_ACCOUNT_SID,
      authToken: 'token',
      apiKey: undefined,
      apiKeySecret: undefined,
      phoneNumber: '+12025550123',
      messagingServiceSid: undefined,
    });
    expect(loadSettings({ ...ESKIZ, ESKIZ_SENDER: 'Example', ESKIZ_CALLBACK_URL: 'https://example.com/sms' })).toEqual({
      apiUrl: 'https://notify.eskiz.uz',
      email: 'sms@example.com',
      password: 'a word, and another',
      sender: 'Example',
      callbackUrl: 'https://example.com/sms',
    });
    expect(loadSettings(ESKIZ)).toMatchObject({ sender: '4546', callbackUrl: undefined });
    expect(loadSettings(GATEWAY)).toEqual({ url: GATEWAY.SMS_HTTP_URL, secret: GATEWAY.SMS_HTTP_SECRET });
  });

  test('accepts another server with the same API, and a messaging service instead of a number', () => {
    const { TWILIO_PHONE_NUMBER: _, ...twilio } = TWILIO;
    const service = `MG${'0'.repeat(32)}`;
    expect(
      loadSettings({ ...twilio, TWILIO_MESSAGING_SERVICE_SID: service, TWILIO_API_URL: 'http://127.0.0.1:4010/' }),
    ).toMatchObject({ messagingServiceSid: service, apiUrl: 'http://127.0.0.1:4010' });
    expect(loadSettings({ ...ESKIZ, ESKIZ_API_URL: 'http://localhost:4011' })).toMatchObject({
      apiUrl: 'http://localhost:4011',
    });
  });

  test.each([
    ['TWILIO_ACCOUNT_SID', TWILIO],
    ['TWILIO_AUTH_TOKEN', TWILIO],
    ['TWILIO_PHONE_NUMBER', TWILIO],
    ['TWILIO_ACCOUNT_SID', VERIFY],
    ['TWILIO_AUTH_TOKEN', VERIFY],
    ['TWILIO_VERIFY_SERVICE_SID', VERIFY],
    ['ESKIZ_EMAIL', ESKIZ],
    ['ESKIZ_PASSWORD', ESKIZ],
    ['SMS_HTTP_URL', GATEWAY],
    ['SMS_HTTP_SECRET', GATEWAY],
  ])('requires %s', (name, env) => {
    const required = new RegExp(`^${name} .*is required with SMS_PROVIDER=${env.SMS_PROVIDER}`);
    expect(loadErrors({ ...env, [name]: ' ' })).toEqual([expect.stringMatching(required)]);
  });

  test('accepts an API key of Twilio instead of the token, with its secret', () => {
    const { TWILIO_AUTH_TOKEN: _, ...twilio } = TWILIO;
    const key = { TWILIO_API_KEY: `SK${'0'.repeat(32)}`, TWILIO_API_KEY_SECRET: 'secret' };
    expect(loadSettings({ ...twilio, ...key })).toMatchObject({ authToken: undefined, apiKeySecret: 'secret' });
    for (const name of ['TWILIO_API_KEY', 'TWILIO_API_KEY_SECRET'])
      expect(loadErrors({ ...twilio, ...key, [name]: '' })).toEqual([
        'TWILIO_API_KEY and TWILIO_API_KEY_SECRET must be set together',
      ]);
  });

  test('twilio-verify sends codes only, so notices are off and cannot be turned on', () => {
    expect(load(VERIFY).config.sms.notices).toBe(false);
    expect(loadErrors({ ...VERIFY, SMS_NOTICES: 'on' })).toEqual([expect.stringMatching(/^SMS_NOTICES must be off/)]);
  });

  test('reports all missing settings at once', () => {
    expect(loadErrors({ SMS_PROVIDER: 'twilio' })).toHaveLength(3);
    expect(loadErrors({ SMS_PROVIDER: 'eskiz' })).toHaveLength(2);
    expect(loadErrors({ SMS_PROVIDER: 'http' })).toHaveLength(2);
  });

  test('reports a wrong setting once, without its value', () => {
    const errors = loadErrors({ ...TWILIO, TWILIO_ACCOUNT_SID: 'SKcanary' });
    expect(errors).toEqual([expect.stringMatching(/^TWILIO_ACCOUNT_SID must/)]);
    expect(errors.join()).not.toContain('canary');
  });
});

test.each([
  ['SMS_PROVIDER', ['Twilio', 'none', 'smpp']],
  ['SMS_COUNTRIES', ['Uzbekistan', 'UZ,XX', '998', '+998']],
  ['SMS_PREFIX_BUDGET', ['20', '0/1h']],
  ['SMS_CODE_DOMAIN', ['https://example.com', 'example.com:443', 'example.com/', '@example.com', '203.0.113.7', 'a b']],
  ['SMS_TRANSLITERATE', ['yes', 'ru']],
  ['SMS_DAILY_CAP', ['0', '-1', '1e3', 'none']],
  ['TWILIO_ACCOUNT_SID', ['AC1', `SK${'0'.repeat(32)}`, `AC${'g'.repeat(32)}`]],
  ['TWILIO_API_KEY', [`AC${'0'.repeat(32)}`, 'SK1']],
  ['TWILIO_VERIFY_SERVICE_SID', [`AC${'0'.repeat(32)}`, 'VA']],
  ['TWILIO_PHONE_NUMBER', ['12025550123456', '+1', 'A name that is too long', '<script>']],
  ['TWILIO_MESSAGING_SERVICE_SID', [`AC${'0'.repeat(32)}`]],
  ['TWILIO_API_URL', ['api.twilio.com', 'https://api.twilio.com/2010-04-01', 'ftp://twilio.com']],
  ['ESKIZ_API_URL', ['https://notify.eskiz.uz/api']],
  ['ESKIZ_SENDER', ['a sender name that is far too long', 'x']],
  ['ESKIZ_CALLBACK_URL', ['example.com']],
  ['SMS_HTTP_URL', ['https://user:password@sms.example.com', 'sms.example.com']],
  ['SMS_HTTP_SECRET', ['short', 'x'.repeat(31)]],
])('%s rejects invalid values', (name, texts) => {
  for (const text of texts)
    expect(loadErrors({ [name]: text }), text).toEqual([expect.stringMatching(`^${name} must be`)]);
});

test('SMS_COUNTRIES, SMS_PREFIX_BUDGET and SMS_DAILY_CAP limit the messages', () => {
  const { sms } = load({ SMS_COUNTRIES: 'UZ, kz,US', SMS_PREFIX_BUDGET: '5/10m', SMS_DAILY_CAP: '100' }).config;
  expect(sms).toMatchObject({ countries: ['UZ', 'KZ', 'US'], dailyCap: 100 });
  expect(sms.rangeLimit).toMatchObject({ max: 5, window: 600_000 });
});

describe('SMS_CODE_DOMAIN', () => {
  const PUBLIC = { PUBLIC_URL: 'https://auth.example.com' };
  test.each([
    [
      'is the host of the first frontend',
      { ALLOWED_ORIGINS: 'https://app.example.com,https://b.example' },
      'app.example.com',
    ],
    ['is the host without its port', { ALLOWED_ORIGINS: 'https://app.example.com:3000' }, 'app.example.com'],
    ['skips app shells', { ALLOWED_ORIGINS: 'capacitor://localhost,https://app.example.com' }, 'app.example.com'],
    [
      'skips shells with web addresses',
      { ALLOWED_ORIGINS: 'https://localhost,http://tauri.localhost' },
      'auth.example.com',
    ],
    ['is never a domain where anyone can have a page', { ALLOWED_ORIGINS: 'https://*.vercel.app' }, 'auth.example.com'],
    ['is the domain of a wildcard', { ALLOWED_ORIGINS: 'https://*.example.com' }, 'example.com'],
    [
      'is the host of PUBLIC_URL if there are only app shells',
      { ALLOWED_ORIGINS: 'ionic://localhost' },
      'auth.example.com',
    ],
    ['is the host of PUBLIC_URL without a frontend', {}, 'auth.example.com'],
    ['can be set', { SMS_CODE_DOMAIN: 'example.com', ALLOWED_ORIGINS: 'https://app.example.com' }, 'example.com'],
    ['is written in lower case', { SMS_CODE_DOMAIN: 'Example.COM' }, 'example.com'],
    ['can have several labels', { SMS_CODE_DOMAIN: 'a.b.c.example.com' }, 'a.b.c.example.com'],
    ['can be localhost', { SMS_CODE_DOMAIN: 'localhost' }, 'localhost'],
    ['can be empty: no such line', { SMS_CODE_DOMAIN: '' }, undefined],
    ['can be spaces: no such line', { SMS_CODE_DOMAIN: ' ' }, undefined],
  ])('%s', (_title, env, domain) => {
    expect(load({ ...PUBLIC, ...env }).config.sms.codeDomain).toBe(domain);
  });

  test('is localhost by default', () => {
    expect(load({}).config.sms.codeDomain).toBe('localhost');
  });
});

test('Russian texts are in Cyrillic unless SMS_TRANSLITERATE is on', () => {
  expect(load({}).config.sms.transliterate).toBe(false);
  expect(load({ SMS_TRANSLITERATE: 'on' }).config.sms.transliterate).toBe(true);
});

test('SMS_NOTICES is off with a gateway that approves each text, and can be turned on', () => {
  const notices = (env: Environment) => load(env).config.sms.notices;
  expect([{}, TWILIO, ESKIZ, GATEWAY].map(notices)).toEqual([true, true, false, true]);
  expect(notices({ ...ESKIZ, SMS_NOTICES: 'on' })).toBe(true);
  expect(notices({ ...TWILIO, SMS_NOTICES: 'off' })).toBe(false);
});

test('a misspelt name is an error', () => {
  for (const name of ['TWILIO_ACOUNT_SID', 'TWILIO_AUTH_TOKEN2', 'ESKIZ_PASWORD', 'SMS_COUNTRY'])
    expect(loadErrors({ [name]: 'x' }), name).toEqual([expect.stringMatching(`^${name} is not a setting`)]);
  // What another program sends with.
  for (const name of ['TWILIO_SID', 'TWILIO_REGION', 'ESKIZ_TOKEN'])
    expect(load({ [name]: 'x' }).warnings, name).toEqual([`${name} is not a setting, and is ignored`]);
});

describe('in production', () => {
  test.each([
    ['TWILIO_API_URL', TWILIO],
    ['ESKIZ_API_URL', ESKIZ],
    ['SMS_HTTP_URL', GATEWAY],
  ])('%s must be https, except on the same machine', (name, env) => {
    const loadErrorsWith = (url: string) => loadErrors({ ...PRODUCTION, ...env, [name]: url });
    expect(loadErrorsWith('http://sms.example.com')).toEqual([`${name} must be https in production`]);
    expect(loadErrorsWith('http://127.evil.example')).toEqual([`${name} must be https in production`]);
    for (const url of [
      'http://127.0.0.1:8080',
      'http://localhost:8080',
      'http://[::1]:8080',
      'https://sms.example.com',
    ])
      expect(loadErrorsWith(url), url).toEqual([]);
  });

  test('a probable mistake is a warning', () => {
    const warnings = (env: Environment) => load({ ...PRODUCTION, ...env }).warnings;
    expect(warnings({})).toEqual([]);
    expect(warnings({ ...TWILIO, SMS_COUNTRIES: 'UZ' })).toEqual([]);
    expect(warnings(TWILIO)).toEqual([expect.stringMatching(/^SMS_COUNTRIES is empty/)]);
    expect(warnings({ ...ESKIZ, SMS_PROVIDER: 'log' })).toEqual([
      expect.stringMatching(/^ESKIZ_EMAIL .*NO TEXT MESSAGE/),
    ]);
  });
});
