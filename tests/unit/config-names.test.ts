import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadErrors, loadOrFail, loadValid } from '../support/settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'latchkey-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('invalid settings', () => {
  test('are reported all at once, by name and without values', () => {
    const wrong = {
      PORT: 'canary-4000',
      ACCESS_TOKEN_TTL: 'canary',
      DATABASE_URL: 'mysql://root:canary@localhost/auth',
      SMTP_URL: 'canary:hunter2',
      LOGIN_BUDGET_IP: 'canary',
      SECRET_KEYS: 'canary',
    };
    const errors = loadErrors(wrong);
    expect(errors.map((line) => line.split(' ')[0]).toSorted()).toEqual(Object.keys(wrong).toSorted());
    expect(errors.join('\n')).not.toMatch(/canary|hunter2/);
  });

  test.each([
    ['EMAIL_VERIFICATON', 'EMAIL_VERIFICATION'],
    ['OTP_MAX_ATTEMPT', 'OTP_MAX_ATTEMPTS'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['REFRSH_TOKEN_TTL', 'REFRESH_TOKEN_TTL'],
    ['REDIS_URI', 'REDIS_URL'],
    ['SECRET_KEY_OLD', 'SECRET_KEY'],
    ['SMTP_URLS', 'SMTP_URL'],
    ['NODE_ENVV', 'NODE_ENV'],
  ])('%s is an error that suggests %s', (typo, meant) => {
    expect(loadErrors({ [typo]: 'x' })).toEqual([`${typo} is not a setting; is it ${meant}?`]);
  });

  test('variables of other programs are warnings beside a complete configuration', () => {
    const strangers = {
      ...{
        DATABASE_HOST: 'db',
        DATABASE_PORT: '5432',
        DATABASE_USER: 'u',
        DATABASE_NAME: 'app',
        DATABASE_PASSWORD: 'x',
      },
      ...{ DATABASE_PUBLIC_URL: 'x', DATABASE_SSL: 'true', REDIS_HOST: 'r', REDIS_PASSWORD: 'x', REDIS_DB: '1' },
      ...{ SMTP_HOST: 'mx', SMTP_USER: 'u', SMTP_PORT: '25', SESSION_SECRET: 'x', SESSION_COOKIE_NAME: 'sid' },
      ...{
        PASSWORD_SALT: 'x',
        PHONE_NUMBER: '1',
        OTP_ISSUER: 'x',
        SECRET_KEY_BASE: 'x',
        GOOGLE_OAUTH_REDIRECT_URI: 'x',
      },
    };
    const ours = {
      DATABASE_URL: 'postgres://db/auth',
      REDIS_URL: 'redis://r',
      SMTP_URL: 'smtp://mx',
      MAIL_FROM: 'a@example.com',
      GOOGLE_OAUTH_CLIENT_ID: 'x',
      GOOGLE_OAUTH_CLIENT_SECRET: 'x',
      SOCIAL_REDIRECT_URIS: 'https://app.example.com/cb',
    };
    const { warnings } = loadOrFail({ ...ours, ...strangers });
    expect(warnings).toEqual(Object.keys(strangers).map((name) => `${name} is not a setting, and is ignored`));
    const typos = ['DATABASE_URI', 'DATABASE_POOLSIZE', 'SMTP_URI', 'SESSION_MAXAGE', 'PASSWORD_MINIMUM_LENGTH'];
    for (const typo of [...typos, 'SMS_COUNTRY', 'OTP_MAXIMUM_ATTEMPTS', 'GOOGLE_OAUTH_AUDIENCE', 'TRUSTED_PROXY'])
      expect(loadErrors({ ...ours, [typo]: 'x' }), typo).toEqual([expect.stringMatching(`^${typo} is not a setting`)]);
  });

  test('variables of Kubernetes, desktops, test runners and other programs are ignored', () => {
    const foreign = {
      REDIS_SERVICE_HOST: '10.0.0.7',
      REDIS_SERVICE_PORT: '6379',
      REDIS_SERVICE_PORT_REDIS: '6379',
      REDIS_PORT: 'tcp://10.0.0.7:6379',
      REDIS_PORT_6379_TCP: 'tcp://10.0.0.7:6379',
      REDIS_PORT_6379_TCP_ADDR: '10.0.0.7',
      TEST_DATABASE_URL: 'postgres://localhost/test',
      SESSION_MANAGER: 'local/desk:@/tmp/.ICE-unix/1',
      PASSWORD_STORE_DIR: '/home/me/.passwords',
      PATH: '/usr/bin',
      HOSTNAME: 'desk',
      MAIL: '/var/mail/me',
      POST: '1',
    };
    expect(loadErrors(foreign)).toEqual([]);
  });

  test('a feature requires its settings', () => {
    expect(loadErrors({ SMTP_URL: 'smtp://localhost:587' })).toEqual(['MAIL_FROM is required with SMTP_URL']);
    expect(loadErrors({ MESSAGE_TEMPLATES: join(directory, 'none') })).toHaveLength(1);
    const { mail } = loadValid({ SMTP_URL: 'smtps://u:p@mx.example.com', MAIL_FROM: 'Us <no-reply@example.com>' });
    expect(mail).toEqual({ kind: 'smtp', url: 'smtps://u:p@mx.example.com', from: 'Us <no-reply@example.com>' });
  });
});
