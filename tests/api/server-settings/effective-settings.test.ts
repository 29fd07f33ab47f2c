import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EffectiveSettingsDocument } from '../../../schema/generated/graphql.ts';
import { SETTING_NAMES } from '../../../src/config/settings.ts';
import { word } from '../../../src/core/settings/text.ts';
import { visible } from '../../../src/core/settings/visible.ts';
import { smsGateway } from '../../../src/infra/sms/gateway.ts';
import { logSender } from '../../../src/infra/sms/log-sender.ts';
import { signInWithRoles } from '../../support/admins.ts';
import { startApp } from '../../support/app.ts';
import { embeddedDatabase } from '../../support/databases.ts';
import { temporaryDirectory } from '../../support/server-process.ts';

type Options = Parameters<typeof startApp>[1];

/** What an administrator reads, by name. */
async function readSettings(env: Record<string, string>, options?: Options) {
  const app = await startApp(env, options);
  try {
    const { client, token } = await signInWithRoles(app, 'ADMIN');
    const { effectiveSettings } = await client.request(EffectiveSettingsDocument, undefined, { token });
    return { list: effectiveSettings, byName: new Map(effectiveSettings.map((setting) => [setting.name, setting])) };
  } finally {
    await app.close();
  }
}

const random = () => randomBytes(32).toString('base64');
const marker = (name: string) => `marker-of-${name}-0123456789`;
const PEM = String(
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
);

/** All secrets. Removing one shows it to administrators. */
const SECRETS = {
  SECRET_KEY: random(),
  SECRET_KEY_PREVIOUS: random(),
  WEBHOOK_SECRET: `whsec_${random()}`,
  TWILIO_AUTH_TOKEN: marker('twilio'),
  TWILIO_API_KEY: `SK${randomBytes(16).toString('hex')}`,
  TWILIO_API_KEY_SECRET: marker('twilio-key'),
  ESKIZ_PASSWORD: marker('eskiz'),
  SMS_HTTP_SECRET: marker('gateway-with-a-long-name'),
  GOOGLE_OAUTH_CLIENT_SECRET: marker('google'),
  FACEBOOK_OAUTH_CLIENT_SECRET: marker('facebook'),
  GITHUB_OAUTH_CLIENT_SECRET: marker('github'),
  OIDC_KEYCLOAK_CLIENT_SECRET: marker('keycloak'),
  OTEL_EXPORTER_OTLP_HEADERS: `api-key=${marker('otlp')}`,
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: `api-key=${marker('otlp-traces')}`,
  OIDC_APPLE_PRIVATE_KEY: PEM.trim().replaceAll('\n', '\\n'),
};

/** Passwords and keys in URLs, with what is shown. */
const URLS: Record<string, [given: string, shown: string]> = {
  DATABASE_URL: [
    `postgres://${marker('u')}:${marker('p')}@db.example.com,[::1]:5433/users?password=${marker('q')}`,
    'postgres://db.example.com:5432,[::1]:5433/users',
  ],
  REDIS_URL: [
    `redis://${marker('u')}:${marker('p')}@127.0.0.1:1,127.0.0.1:2`,
    'redis://127.0.0.1:1,redis://127.0.0.1:2',
  ],
  SMTP_URL: [`smtp://${marker('u')}:${marker('p')}@127.0.0.1:1?key=${marker('q')}`, 'smtp://127.0.0.1:1'],
  WEBHOOK_URL: [
    `https://${marker('u')}:${marker('p')}@localhost:1/hooks?key=${marker('q')}, https://localhost:2/?key=${marker('q')}`,
    'https://localhost:1/hooks,https://localhost:2',
  ],
  SMS_HTTP_URL: [`https://sms.example.com/send?key=${marker('q')}`, 'https://sms.example.com/send'],
  SIGN_IN_URL: [`https://app.example.com/sign-in?key=${marker('q')}`, 'https://app.example.com/sign-in'],
  PRODUCT_LOGO_URL: [`https://cdn.example.com/logo.png?key=${marker('q')}`, 'https://cdn.example.com/logo.png'],
};

const GROUPS = {
  WEBHOOK_PRIVATE_HOSTS: 'localhost',
  MAIL_FROM: 'Example <no-reply@example.com>',
  TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
  ESKIZ_EMAIL: 'sms@example.com',
  GOOGLE_OAUTH_CLIENT_ID: 'google-client',
  FACEBOOK_OAUTH_CLIENT_ID: 'facebook-client',
  GITHUB_OAUTH_CLIENT_ID: 'github-client',
  OIDC_KEYCLOAK_ISSUER: 'https://keycloak.example.com/realms/main',
  OIDC_KEYCLOAK_CLIENT_ID: 'keycloak-client',
  OIDC_APPLE_ISSUER: 'https://appleid.apple.com',
  OIDC_APPLE_CLIENT_ID: 'com.example.app',
  OIDC_APPLE_TEAM_ID: 'TEAM',
  OIDC_APPLE_KEY_ID: 'KEY',
};

test('administrators see every setting, but no secret and no credentials in a URL (T113)', async () => {
  const urls = Object.fromEntries(Object.entries(URLS).map(([name, [given]]) => [name, given]));
  const env = { ...SECRETS, ...urls, ...GROUPS };
  const { list, byName } = await readSettings(env, { database: await embeddedDatabase() });

  const text = JSON.stringify(list);
  for (const secret of [...Object.values(SECRETS), ...PEM.split('\n').slice(1, -2), 'marker-of'])
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
  expect(list.flatMap(({ name, isSecret }) => (isSecret ? [name] : [])).toSorted()).toEqual(
    Object.keys(SECRETS).toSorted(),
  );
  for (const name of Object.keys(SECRETS)) expect(byName.get(name)).toMatchObject({ value: null, isSet: true });
  for (const [name, [, shown]] of Object.entries(URLS))
    expect(byName.get(name)).toMatchObject({ name, value: shown, isSet: true, isSecret: false });
  for (const [name, value] of Object.entries(GROUPS)) expect(byName.get(name)).toMatchObject({ name, value });

  expect(list.map(({ name }) => name)).toEqual([...new Set(list.map(({ name }) => name))]);
  expect(list.map(({ name }) => name)).toEqual(expect.arrayContaining([...SETTING_NAMES, ...Object.keys(env)]));
  for (const { description } of list) expect(description).toMatch(/^\S.{5,590}[.…)]$/);
  expect(byName.get('OTP_MAX_ATTEMPTS')?.description).toBe('Guesses allowed per code.');
  expect(byName.get('OTP_MAX_ATTEMPTS')?.section).toBe('Sign-up and codes');
  expect(byName.get('OIDC_KEYCLOAK_ISSUER')?.section).toBe('Social providers');
  expect(list.filter(({ section }) => section === null)).toEqual([]);
  expect(byName.get('ESKIZ_EMAIL')?.description).toBe('Eskiz: email address of the gateway account.');
});

test('shows defaults as values, and says what is set, also by a file', async () => {
  const file = join(temporaryDirectory('settings'), 'ttl');
  writeFileSync(file, '5m\n');
  const origins = Array.from({ length: 20 }, (_, index) => `https://app-${index}.example.com`).join();
  const { byName } = await readSettings({ ACCESS_TOKEN_TTL_FILE: file, ALLOWED_ORIGINS: origins, PRODUCT_NAME: '' });
  expect(byName.get('ACCESS_TOKEN_TTL')).toMatchObject({ value: '5m', isSet: true });
  expect(byName.get('REFRESH_TOKEN_TTL')).toMatchObject({ value: '30d', isSet: false });
  expect(byName.get('PASSWORD_MIN_STRENGTH')).toMatchObject({ value: '3', isSet: false });
  expect(byName.get('PRODUCT_NAME')).toMatchObject({ value: null, isSet: false, isSecret: false });
  expect(byName.get('ALLOWED_ORIGINS')?.value).toBe(`${origins.slice(0, 299)}…`);
  expect([...byName.keys()].filter((name) => /^(?:TWILIO|ESKIZ|OIDC|GOOGLE)_/.test(name))).toEqual([]);
});

test('a setting of an extension is a secret unless it is marked as visible (T113)', async () => {
  const gateway = smsGateway({
    name: 'pigeon',
    prefix: 'PIGEON',
    settings: { region: visible(word).describe('Pigeon: region.'), credential: word.describe('Pigeon: login.') },
    advice: '',
    open: () => logSender({ log: { debug() {}, info() {}, warn() {}, error() {} }, viewer: undefined }),
  });
  const env = { SMS_PROVIDER: 'pigeon', PIGEON_REGION: 'eu', PIGEON_CREDENTIAL: marker('pigeon') };
  const { list } = await readSettings(env, { registries: { gateways: [gateway], providers: [] } });
  const section = null;
  expect(list.filter(({ name }) => name.startsWith('PIGEON_'))).toEqual([
    { name: 'PIGEON_REGION', section, value: 'eu', isSet: true, isSecret: false, description: 'Pigeon: region.' },
    { name: 'PIGEON_CREDENTIAL', section, value: null, isSet: true, isSecret: true, description: 'Pigeon: login.' },
  ]);
});
