import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/config.ts';
import { loadErrors, loadOrFail, PRODUCTION } from '../support/settings.ts';

const FINGERPRINT = '91:F7:CB:F9:D6:81:53:1B:C7:A5:8F:B8:33:CC:A1:4D:AB:ED:E5:09:C5:10:8D:8B:B1:EC:68:87:1A:C6:3D:85';
/** The same in base64url, as Google's page on verifying the origin of an Android app has it. */
const ANDROID_ORIGIN = 'android:apk-key-hash:kffL-daBUxvHpY-4M8yhTavt5QnFEI2LsexohxrGPYU';

const load = (env: Environment) => loadOrFail({ ...PRODUCTION, SMTP_URL: '', ...env });
const loadPasskeys = (env: Environment) => load(env).config.passkeys;
const loadWarnings = (env: Environment) => load(env).warnings.filter((warning) => warning.includes('PASSKEY'));

describe('PASSKEYS', () => {
  test('are on for the host of PUBLIC_URL, with its origin and ALLOWED_ORIGINS', () => {
    const ALLOWED_ORIGINS = 'https://www.auth.example.com,capacitor://localhost';
    expect(loadPasskeys({ ALLOWED_ORIGINS, PRODUCT_NAME: 'Bozor' })).toEqual({
      rpId: 'auth.example.com',
      rpName: 'Bozor',
      origins: ['https://auth.example.com', 'https://www.auth.example.com', 'capacitor://localhost'],
      loopbackOrigins: false,
      relatedOrigins: [],
      iosApps: [],
      androidApps: [],
    });
  });

  test('are off if set so, or if PUBLIC_URL has an address and no name', () => {
    expect(loadPasskeys({ PASSKEYS: 'off' })).toBeUndefined();
    expect(loadPasskeys({ PUBLIC_URL: 'https://192.0.2.1' })).toBeUndefined();
    expect(loadPasskeys({ PUBLIC_URL: 'https://[2001:db8::1]' })).toBeUndefined();
    expect(loadWarnings({ PUBLIC_URL: 'https://192.0.2.1' })).toEqual([expect.stringMatching(/^PASSKEYS are off/)]);
    expect(loadWarnings({ PUBLIC_URL: 'https://192.0.2.1', PASSKEYS: 'off' })).toEqual([]);
  });

  test('accept every origin on this machine in development', () => {
    const { passkeys } = loadOrFail({}).config;
    expect(passkeys).toMatchObject({ rpId: 'localhost', loopbackOrigins: true });
  });
});

describe('PASSKEY_RP_ID', () => {
  test.each([
    ['the host of PUBLIC_URL', {}, 'auth.example.com'],
    ['a domain above it', {}, 'example.com'],
    ['the host of an allowed origin', { ALLOWED_ORIGINS: 'https://app.example.org' }, 'app.example.org'],
    ['a domain above one of PASSKEY_ORIGINS', { PASSKEY_ORIGINS: 'https://app.example.org' }, 'example.org'],
    ['the site of an app', { PASSKEY_IOS_APPS: 'ABCDE12345.com.example.app' }, 'example.net'],
    ['a host that is a public suffix', { PUBLIC_URL: 'https://vercel.app' }, 'vercel.app'],
  ])('can be %s', (_title, env, rpId) => {
    expect(loadPasskeys({ ...env, PASSKEY_RP_ID: rpId })?.rpId).toBe(rpId);
  });

  test.each([
    ['another domain', {}, 'example.org'],
    ['a domain below the host', {}, 'www.auth.example.com'],
    ['the end of a name', {}, 'ample.com'],
    ['a public suffix', {}, 'com'],
    ['a public suffix of two labels', { PUBLIC_URL: 'https://auth.example.co.uk' }, 'co.uk'],
    ['a suffix under which anyone can have a name', { PUBLIC_URL: 'https://mine.vercel.app' }, 'vercel.app'],
    ['what only a wildcard could match', { ALLOWED_ORIGINS: 'https://*.example.org' }, 'example.org'],
    ['a wildcard', {}, '*.example.com'],
    ['the host of a page without https', { ALLOWED_ORIGINS: 'http://app.example.org' }, 'app.example.org'],
  ])('cannot be %s', (_title, env, rpId) => {
    const errors = loadErrors({ ...PRODUCTION, ...env, PASSKEY_RP_ID: rpId });
    expect(errors).toEqual([expect.stringMatching(/^PASSKEY_RP_ID must be the host of PUBLIC_URL/)]);
    expect(loadErrors({ ...PRODUCTION, ...env, PASSKEY_RP_ID: rpId, PASSKEYS: 'off' })).toEqual([]);
  });

  test.each(['192.0.2.1', 'https://example.com', 'example.com:443', 'example.com/'])('cannot be %s', (rpId) => {
    expect(loadErrors({ ...PRODUCTION, PASSKEY_RP_ID: rpId })).toEqual([
      expect.stringMatching(/^PASSKEY_RP_ID must be a host name/),
    ]);
  });

  test('that does not cover an allowed origin is a warning, with the domain to use', () => {
    const ALLOWED_ORIGINS = 'https://app.example.com,https://shop.example.org';
    expect(loadPasskeys({ ALLOWED_ORIGINS })?.relatedOrigins).toEqual([
      'https://app.example.com',
      'https://shop.example.org',
    ]);
    expect(loadWarnings({ ALLOWED_ORIGINS })).toEqual([
      expect.stringMatching(/^PASSKEY_RP_ID: https:\/\/app\.example\.com is outside .* set it to example\.com$/),
      expect.stringMatching(/^PASSKEY_RP_ID: https:\/\/shop\.example\.org is outside auth\.example\.com, .* there$/),
    ]);
    expect(loadWarnings({ ALLOWED_ORIGINS: 'https://app.example.com', PASSKEY_RP_ID: 'example.com' })).toEqual([]);
    expect(loadWarnings({ ALLOWED_ORIGINS, PASSKEY_ORIGINS: ALLOWED_ORIGINS })).toEqual([]);
  });
});

describe('PASSKEY_ORIGINS', () => {
  test('may be pages, localhost and apps', () => {
    const PASSKEY_ORIGINS = `https://app.example.org,http://localhost:8100,chrome-extension://abc,${ANDROID_ORIGIN}`;
    expect(loadPasskeys({ PASSKEY_ORIGINS })).toMatchObject({
      origins: ['https://auth.example.com', ...PASSKEY_ORIGINS.split(',')],
      relatedOrigins: ['https://app.example.org'],
    });
  });

  test.each([
    'http://app.example.com',
    'https://*.example.com',
    'https://app.example.com/',
    'android:apk-key-hash:kffL',
    'android:apk-key-hash:*',
    'app.example.com',
  ])('cannot be %s', (origin) => {
    expect(loadErrors({ ...PRODUCTION, PASSKEY_ORIGINS: origin })).toEqual([
      expect.stringMatching(/^PASSKEY_ORIGINS must be an origin/),
    ]);
  });

  test('must name the pages behind a wildcard', () => {
    const ALLOWED_ORIGINS = 'https://*.auth.example.com';
    expect(loadPasskeys({ ALLOWED_ORIGINS })?.origins).toEqual(['https://auth.example.com']);
    expect(loadWarnings({ ALLOWED_ORIGINS })).toEqual([
      expect.stringMatching(/^PASSKEY_ORIGINS: passkeys are not accepted from https:\/\/\*\.auth\.example\.com/),
    ]);
    expect(loadWarnings({ ALLOWED_ORIGINS, PASSKEY_ORIGINS: 'https://a.auth.example.com' })).toEqual([]);
  });
});

describe('apps', () => {
  test('on Android are accepted by the fingerprints of their certificates', () => {
    const [first, second] = [FINGERPRINT, FINGERPRINT.replace('91', '00').replaceAll(':', '').toLowerCase()];
    const passkeys = loadPasskeys({ PASSKEY_ANDROID_APPS: `com.example.app=${first},com.example.app=${second}` });
    expect(passkeys?.androidApps).toEqual([
      { packageName: 'com.example.app', fingerprints: [FINGERPRINT, FINGERPRINT.replace('91', '00')] },
    ]);
    expect(passkeys?.origins).toContain(ANDROID_ORIGIN);
    expect(passkeys?.origins).toHaveLength(3);
  });

  test('on iOS report the site of the RP ID', () => {
    const passkeys = loadPasskeys({ PASSKEY_IOS_APPS: 'ABCDE12345.com.example.app', PASSKEY_RP_ID: 'example.com' });
    expect(passkeys).toMatchObject({
      iosApps: ['ABCDE12345.com.example.app'],
      origins: ['https://auth.example.com', 'https://example.com'],
    });
  });

  test.each([
    ['PASSKEY_IOS_APPS', ['com.example.app', 'ABCDE12345', 'abcde12345.com.example.app']],
    ['PASSKEY_ANDROID_APPS', ['com.example.app', `app=${FINGERPRINT}`, 'com.example.app=91:F7', `=${FINGERPRINT}`]],
  ])('%s rejects other forms', (name, texts) => {
    for (const text of texts)
      expect(loadErrors({ ...PRODUCTION, [name]: text }), text).toEqual([expect.stringMatching(`^${name} must be`)]);
  });
});
