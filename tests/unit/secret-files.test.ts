import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Environment } from '../../src/config.ts';
import { loadErrors, loadValid, PRODUCTION, SECRET_KEY } from '../support/settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'latchkey-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('secrets in files', () => {
  const write = (name: string, content: string | Buffer) => {
    const file = join(directory, name);
    writeFileSync(file, content);
    return file;
  };

  test.each(['\n', '\r\n', '', '  \n\n'])('every secret is read from its file, which may end with %j', (end) => {
    const { database, store, mail, secrets, social } = loadValid({
      SECRET_KEY: undefined,
      SECRET_KEY_FILE: write('key', `${SECRET_KEY}${end}`),
      SECRET_KEY_PREVIOUS_FILE: write('previous', `${randomBytes(32).toString('hex')}${end}`),
      DATABASE_URL_FILE: write('database', `postgres://u:pw@db/auth${end}`),
      REDIS_URL_FILE: write('redis', `redis://:pw@r:6379${end}`),
      SMTP_URL_FILE: write('smtp', `smtp://u:pw@mx:587${end}`),
      MAIL_FROM: 'a@example.com',
      OIDC_APPLE_ISSUER: 'https://appleid.apple.com',
      OIDC_APPLE_CLIENT_ID: 'com.example',
      OIDC_APPLE_CLIENT_SECRET_FILE: write('apple', `s3cret${end}`),
      GOOGLE_OAUTH_CLIENT_ID: 'x',
      GOOGLE_OAUTH_CLIENT_SECRET_FILE: write('google', `s3cret${end}`),
    });
    expect(secrets).toHaveLength(2);
    expect(database).toMatchObject({ kind: 'postgres', target: { password: 'pw' } });
    expect(store).toMatchObject({ kind: 'redis', servers: { kind: 'single', urls: ['redis://:pw@r:6379'] } });
    expect(mail).toMatchObject({ kind: 'smtp', url: 'smtp://u:pw@mx:587' });
    expect(social.providers.map(({ settings }) => settings.clientSecret)).toEqual(['s3cret', 's3cret']);
  });

  test('in production they are as good as variables', () => {
    const { SECRET_KEY: _, ...production } = PRODUCTION;
    expect(loadErrors({ ...production, SECRET_KEY: undefined, SECRET_KEY_FILE: write('key', SECRET_KEY) })).toEqual([]);
  });

  test('a file that cannot be used is named, without its content', () => {
    const wrong = (name: string, file: string, more: Environment = {}) =>
      loadErrors({ [`${name}_FILE`]: file, ...more });
    expect(wrong('SMTP_URL', join(directory, 'none'))).toEqual([
      'SMTP_URL_FILE names a file that cannot be read (ENOENT)',
    ]);
    expect(wrong('SMTP_URL', directory)).toEqual([expect.stringMatching(/^SMTP_URL_FILE .*EISDIR/)]);
    expect(wrong('REDIS_URL', write('empty', '\n'))).toEqual(['REDIS_URL_FILE names an empty file']);
    expect(wrong('REDIS_URL', write('canary', 'canary'))).toEqual([expect.stringMatching(/^REDIS_URL must/)]);
    expect(wrong('REDIS_URL', write('lines', 'redis://:canary@r\nredis://s'))).toEqual([
      'REDIS_URL_FILE names a file of several lines: write only the value',
    ]);
    expect(wrong('SMTP_URL', write('utf16', Buffer.from('\uFEFFsmtp://u:canary@mx', 'utf16le')))).toEqual([
      'SMTP_URL_FILE names a file that is not text in UTF-8',
    ]);
    const both = wrong('DATABASE_URL', write('database', 'postgres://canary@db/auth'), {
      DATABASE_URL: 'postgres://db',
    });
    expect(both).toEqual(['DATABASE_URL_FILE and DATABASE_URL exclude each other']);
    expect(wrong('SECRET_KEYS', write('key', SECRET_KEY))).toHaveLength(1);
  });
});
