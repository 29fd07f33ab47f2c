import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadErrors, loadOrFail, loadValid, PRODUCTION, SECRET_KEY } from '../support/settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'latchkey-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('without any settings', () => {
  test('has the documented defaults', () => {
    const config = loadValid({ DATA_DIR: '/data' });
    expect(config).toMatchObject({
      production: false,
      http: { host: '127.0.0.1', port: 4000, publicUrl: 'http://localhost:4000', secure: false },
      database: { kind: 'embedded', directory: '/data/database', isDurable: false },
      store: { kind: 'database' },
      tokens: { algorithm: 'ES256', issuer: 'http://localhost:4000', accessTtl: 600_000, keyRotation: 2_592_000_000 },
      sessions: { idleTtl: 2_592_000_000, maxAge: 7_776_000_000, refreshGrace: 30_000 },
      emailVerification: { policy: 'signup', method: 'both', url: 'http://localhost:4000/verify-email' },
      otp: { ttl: 600_000, maxAttempts: 3, accountLimit: { max: 10, window: 3_600_000 } },
      passwords: { minLength: 8, minStrength: 3, argon2: { memoryKib: 19_456, passes: 2, lanes: 1 } },
      login: { accountLimit: { max: 10, window: 900_000 }, networkLimit: { max: 100, window: 900_000 } },
      mail: { kind: 'log' },
      sms: {
        gateway: undefined,
        countries: [],
        rangeLimit: { max: 20, window: 3_600_000 },
        dailyCap: 5_000,
      },
    });
    expect(config.http).toMatchObject({ graphiql: true, introspection: true, outboxViewer: true });
    expect(config.http.allowedOrigins).toEqual([
      'http://localhost:4000',
      'http://localhost:3000',
      'http://localhost:5173',
    ]);
  });

  test('the outbox viewer is on only with the embedded database', () => {
    expect(loadValid({ DATABASE_URL: 'postgres://localhost/auth' }).http.outboxViewer).toBe(false);
    expect(loadValid({ DATABASE_URL: 'postgres://localhost/auth', OUTBOX_VIEWER: 'on' }).http.outboxViewer).toBe(true);
  });
});

describe('SECRET_KEY (T86)', () => {
  const ascending = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
  test.each([
    ['is missing', ''],
    ['is short', randomBytes(31).toString('base64')],
    ['is short in hex', randomBytes(16).toString('hex')],
    ['is neither base64 nor hex', 'correct horse battery staple, correct horse battery staple'],
    ['is a placeholder from an example', 'changeme-changeme-changeme-changeme-changeme'],
    ['contains a placeholder', 'x9Kq0mYOUR_SECRET_KEYb7Tz4WnR2LcVd8HfJ3aPs6Ge1'],
    ['is a phrase in base64', Buffer.from('correct horse battery staple and then some').toString('base64')],
    ['is one repeated byte', 'aa'.repeat(32)],
    ['is zeros', Buffer.alloc(32).toString('base64')],
    ['is sixteen bytes twice', randomBytes(16).toString('hex').repeat(2)],
    ['counts up', ascending.toString('hex')],
    ['is the alphabet', 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['is a sequence of digits', '0123456789'.repeat(8)],
  ])('that %s prevents startup, and the error names the variable without its value', (_, secret) => {
    const errors = loadErrors({ ...PRODUCTION, SECRET_KEY: secret });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^SECRET_KEY /);
    if (secret) expect(errors[0]).not.toContain(secret);
    if (secret) expect(loadErrors({ SECRET_KEY: secret })).toHaveLength(1);
    if (secret) expect(loadErrors({ SECRET_KEY_PREVIOUS: `${SECRET_KEY},${secret}` })).toHaveLength(1);
  });

  test('accepts random keys in every encoding', () => {
    for (let round = 0; round < 500; round++) {
      const secret = randomBytes(32);
      for (const encoding of ['base64', 'base64url', 'hex'] as const)
        expect(loadValid({ SECRET_KEY: secret.toString(encoding) }).secrets[0]).toEqual(secret);
    }
  });

  test('is followed by SECRET_KEY_PREVIOUS', () => {
    const previous = [randomBytes(32), randomBytes(48)];
    const { secrets } = loadValid({ SECRET_KEY_PREVIOUS: previous.map((key) => key.toString('hex')).join(' , ') });
    expect(secrets).toEqual([Buffer.from(SECRET_KEY, 'base64'), ...previous]);
  });
});

describe('in production (T87)', () => {
  test('GraphiQL, introspection, the outbox viewer and other origins are disabled', () => {
    const { http } = loadValid(PRODUCTION);
    expect(http).toMatchObject({ graphiql: false, introspection: false, outboxViewer: false, secure: true });
    expect(http.allowedOrigins).toEqual(['https://auth.example.com']);
  });

  test('the outbox viewer is rejected', () => {
    expect(loadErrors({ ...PRODUCTION, OUTBOX_VIEWER: 'on' })).toEqual([expect.stringMatching(/^OUTBOX_VIEWER /)]);
  });

  test('plain http and a missing PUBLIC_URL are rejected', () => {
    expect(loadErrors({ ...PRODUCTION, PUBLIC_URL: 'http://auth.example.com' })).toHaveLength(1);
    expect(loadErrors({ ...PRODUCTION, PUBLIC_URL: undefined })).toEqual([expect.stringMatching(/^PUBLIC_URL /)]);
    for (const page of ['VERIFY_EMAIL_URL', 'RESET_PASSWORD_URL', 'CHANGE_EMAIL_URL'])
      expect(loadErrors({ ...PRODUCTION, [page]: 'http://example.com/page' })).toHaveLength(1);
  });

  test('a probable mistake is a warning', () => {
    expect(loadOrFail(PRODUCTION).warnings).toEqual([
      expect.stringMatching(/^SMTP_URL .*NO EMAIL/),
      expect.stringMatching(/^DATABASE_URL /),
    ]);
    expect(loadOrFail({ ...PRODUCTION, GRAPHIQL: 'on', INTROSPECTION: 'on' }).warnings).toHaveLength(4);
    expect(loadOrFail({ HOST: '0.0.0.0' }).warnings).toEqual([expect.stringMatching(/OUTBOX_VIEWER/)]);
    expect(loadOrFail({}).warnings).toEqual([]);
  });
});
