import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { type Environment, loadConfig, readEnvironment } from '../../src/config.ts';
import { compiledProgram } from '../support/program.ts';

const SECRET_KEY = randomBytes(32).toString('base64');
const PRODUCTION = { NODE_ENV: 'production', SECRET_KEY, PUBLIC_URL: 'https://auth.example.com' };

const directory = mkdtempSync(join(tmpdir(), 'latchkey-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

function loadOrFail(env: Environment) {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded;
}
const loadValid = (env: Environment) => loadOrFail(env).config;

function loadErrors(env: Environment): string[] {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  return 'errors' in loaded ? loaded.errors : [];
}

describe('without any settings', () => {
  test('has the documented defaults', () => {
    const config = loadValid({ DATA_DIR: '/data' });
    expect(config).toMatchObject({
      production: false,
      http: { host: '127.0.0.1', port: 4000, publicUrl: 'http://localhost:4000', secure: false },
      database: { kind: 'embedded', directory: '/data/database' },
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
    for (let round = 0; round < 2_000; round++) {
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

  test.each(['DATABASE_PORT', 'DATABASE_HOST', 'REDIS_PASSWORD', 'SMTP_USER'])(
    '%s is an error without the URL that would make it superfluous',
    (name) => {
      expect(loadErrors({ [name]: 'x' })).toHaveLength(1);
    },
  );

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

describe('secrets in files', () => {
  const write = (name: string, content: string) => {
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
    expect(store).toMatchObject({ kind: 'redis', urls: ['redis://:pw@r:6379'] });
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
    const both = wrong('DATABASE_URL', write('database', 'postgres://canary@db/auth'), {
      DATABASE_URL: 'postgres://db',
    });
    expect(both).toEqual(['DATABASE_URL_FILE and DATABASE_URL exclude each other']);
    expect(wrong('SECRET_KEYS', write('key', SECRET_KEY))).toHaveLength(1);
  });
});

describe('values', () => {
  test('passwords of SMTP_URL and REDIS_URL that are not percent-encoded are explained', () => {
    for (const [name, url] of [
      ['SMTP_URL', 'smtp://AKIAEXAMPLE:abc/def+ghi@email-smtp.example:587'],
      ['SMTP_URL', 'smtp://user:a#b@mx:587'],
      ['SMTP_URL', 'smtp://user:1?b@mx:587'],
      ['SMTP_URL', 'smtp://user:100%@mx:587'],
      ['REDIS_URL', 'redis://:pa/ss@host:6379'],
      ['REDIS_URL', 'redis://:pa#ss@host:6379'],
      ['REDIS_URL', 'redis://:1?ss@host:6379'],
      ['REDIS_URL', 'rediss://default:50%@host:6379'],
    ] as const)
      expect(loadErrors({ [name]: url, MAIL_FROM: 'a@example.com' }), url).toEqual([
        expect.stringMatching(new RegExp(`^${name} must .*percent-encoded`)),
      ]);
  });

  test.each(['"Example, Inc." <no-reply@example.com>', '"A \\"B\\" C" <a@example.com>', 'Éxample <a@example.com>'])(
    'MAIL_FROM may be %s',
    (MAIL_FROM) => {
      expect(loadValid({ MAIL_FROM, SMTP_URL: 'smtp://mx' }).mail.from).toBe(MAIL_FROM);
    },
  );

  test.each([
    ['ACCESS_TOKEN_TTL', ['10', '-1m', '10 m', '10M', '1e3s', '25h', '0s', 'm']],
    ['LOGIN_BUDGET_IP', ['10', '0/15m', '10/15', '10/', '/15m', '10/0s', '1.5/1m']],
    ['PORT', ['-1', '65536', '80a', '0x50', '1e3']],
    ['PUBLIC_URL', ['auth.example.com', 'ftp://a', 'http://a/path', 'http://a/?x', 'http://a/#', 'http://u:p@a']],
    [
      'ALLOWED_ORIGINS',
      [
        ...['*', 'null', 'https://a.com/', 'https://a.com/x', 'a.com', 'https://A.com', 'https://a.com:443'],
        ...[
          'https://*',
          'https://*.com',
          'https://a.*.com',
          'https://*.*.com',
          'https://*a.example.com',
          '*.example.com',
        ],
        ...['https://pre-*.vercel.app', 'https://*.10.0.0.1', 'capacitor://*.localhost', 'https://*.example.com/'],
        ...[
          'file://x',
          'javascript://x',
          'data://x',
          'capacitor://',
          'capacitor://localhost/',
          'Capacitor://localhost',
        ],
      ],
    ],
    ['TRUSTED_PROXIES', ['10.0.0.0/33', '0.0.0.0/0', '::/0', 'proxy', '10.0.0.0/8,all', 'true']],
    ['HOST', ['two words', 'http://localhost', ':80', '[::1']],
    ['DATABASE_URL', ['localhost:5432', 'postgres:/x', 'http://localhost/db', 'postgres://h:port/db']],
    ['REDIS_URL', ['localhost:6379', 'http://localhost', 'redis://', 'redis://a,rediss://b', 'redis://a,,']],
    ['EMAIL_VERIFICATION', ['none', 'Signup', 'on', 'true']],
    ['GRAPHIQL', ['true', 'yes', '1', 'ON']],
    ['ACCESS_TOKEN_ALG', ['none', 'HS256', 'es256']],
    ['MAIL_FROM', ['no-address', 'a@b.example,c@d.example', 'A <a@b.example', 'A\u0007 <a@b.example>']],
    ['PASSWORD_MIN_LENGTH', ['7', '65']],
    ['PASSWORD_RESET_TTL', ['25h']],
  ])('%s rejects invalid values', (name, texts) => {
    for (const text of texts) expect(loadErrors({ [name]: text }), text).toHaveLength(1);
  });

  test('PUBLIC_URL loses its trailing slash and is the default for issuer, audience and links', () => {
    const config = loadValid({ PUBLIC_URL: 'https://[2001:db8::1]:8443/' });
    expect(config.http).toMatchObject({ publicUrl: 'https://[2001:db8::1]:8443', secure: true });
    expect(config.tokens).toMatchObject({ issuer: config.http.publicUrl, audience: config.http.publicUrl });
    expect(config.emailVerification.url).toBe('https://[2001:db8::1]:8443/verify-email');
  });

  test('ALLOWED_ORIGINS accepts app shells and one leading wildcard', () => {
    const shells = ['capacitor://localhost', 'ionic://localhost', 'tauri://localhost', 'http://tauri.localhost'];
    const extensions = [
      'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
      'moz-extension://5b1e-4c',
      'app://bundle',
    ];
    const wildcards = ['https://*.example.com', 'http://*.localhost:3000', 'https://*.app.example.co.uk:8443'];
    const ALLOWED_ORIGINS = [...shells, ...extensions, ...wildcards].join(',');
    const { http } = loadValid({ ...PRODUCTION, ALLOWED_ORIGINS });
    expect([...http.allowedOrigins, ...http.publicOrigins]).toEqual(
      expect.arrayContaining([...shells, ...extensions, ...wildcards]),
    );
    expect(http.loopbackOrigins).toBe(false);
    expect(loadValid({}).http.loopbackOrigins).toBe(true);
  });

  test('a wildcard below a public suffix is allowed without credentials, and a warning says so', () => {
    const listed = 'https://*.vercel.app,https://app.example.com,https://*.example.com,https://*.team.vercel.app';
    const { config, warnings } = loadOrFail({ ALLOWED_ORIGINS: listed });
    expect(config.http.allowedOrigins).toEqual(expect.arrayContaining(listed.split(',').slice(1)));
    for (const suffix of ['co.uk', 'github.io', 'pages.dev', 'netlify.app', 'herokuapp.com'])
      expect(loadValid({ ALLOWED_ORIGINS: `https://*.${suffix}` }).http.publicOrigins).toHaveLength(1);
    expect(config.http.publicOrigins).toEqual(['https://*.vercel.app']);
    expect(config.http.allowedOrigins).not.toContain('https://*.vercel.app');
    expect(warnings).toEqual([expect.stringMatching(/^ALLOWED_ORIGINS: anyone .*https:\/\/\*\.vercel\.app/)]);
  });

  test('SOCIAL_REDIRECT_URIS refuses wildcards in words', () => {
    for (const uri of ['https://*.vercel.app/cb', 'https://app.example.com/*', 'https://app.example.com/cb?x=*'])
      expect(loadErrors({ SOCIAL_REDIRECT_URIS: uri })[0]).toMatch(
        /^SOCIAL_REDIRECT_URIS must not contain \*: list every/,
      );
  });

  test('HOST accepts IPv6 with and without brackets', () => {
    expect(loadValid({ HOST: '[::1]' }).http.host).toBe('::1');
    expect(loadValid({ HOST: '::' }).http.host).toBe('::');
  });

  test('TRUSTED_PROXIES accepts networks and addresses', () => {
    const { trustedProxies } = loadValid({ TRUSTED_PROXIES: '10.0.0.0/8, 192.168.1.1, fd00::/8, ::1' }).http;
    expect(trustedProxies).toEqual(['10.0.0.0/8', '192.168.1.1/32', 'fd00::/8', '::1/128']);
  });

  test('pgbouncer=true in DATABASE_URL turns prepared statements off and is not passed to the driver', () => {
    const loadDatabase = (DATABASE_URL: string) => loadValid({ DATABASE_URL }).database;
    const pooled = loadDatabase('postgres://u:p%40@h:6432/db?pgbouncer=true&sslmode=require');
    expect(pooled).toMatchObject({ kind: 'postgres', poolSize: 10, preparedStatements: false });
    expect(pooled).toHaveProperty('target.startup', { application_name: 'latchkey' });
    expect(loadDatabase('postgres://u:p@h1:5432,h2:5433/db?pgbouncer=false')).toMatchObject({
      preparedStatements: true,
    });
  });

  test('REDIS_URL with several hosts is a cluster whose hosts share the credentials', () => {
    expect(loadValid({ REDIS_URL: 'rediss://:secret@a:6379, b:6380,rediss://:other@c' }).store).toEqual({
      kind: 'redis',
      urls: ['rediss://:secret@a:6379', 'rediss://:secret@b:6380', 'rediss://:other@c'],
    });
  });

  test('ARGON2_* settings below OWASP’s minimum are rejected in every mode', () => {
    const countErrors = (memory: string, passes: string) =>
      loadErrors({ ARGON2_MEMORY_KIB: memory, ARGON2_PASSES: passes }).length;
    for (const [memory, passes] of [
      ['19456', '1'],
      ['12288', '2'],
      ['7168', '4'],
      ['19455', '2'],
      ['64', '100'],
    ] as const)
      expect(countErrors(memory, passes), `${memory}/${passes}`).toBe(1);
    for (const [memory, passes] of [
      ['47104', '1'],
      ['12288', '3'],
      ['9216', '4'],
      ['7168', '5'],
      ['65536', '3'],
    ] as const)
      expect(countErrors(memory, passes), `${memory}/${passes}`).toBe(0);
  });

  test('an empty variable counts as unset', () => {
    expect(loadValid({ PORT: '', GRAPHIQL: ' ', DATABASE_URL: '' })).toEqual(loadValid({}));
  });
});

describe('the development secret', () => {
  test('is created once and readable only by its owner', () => {
    const env = { SECRET_KEY: undefined, DATA_DIR: join(directory, 'new/data') };
    const [first] = loadValid(env).secrets;
    expect(first).toHaveLength(32);
    expect(loadValid(env).secrets[0]).toEqual(first);
    expect(statSync(join(env.DATA_DIR, 'secret')).mode & 0o777).toBe(0o600);
  });

  test('is the same for processes that start at once', async () => {
    const module = join(await compiledProgram(), 'config/development-secret.js');
    const target = join(directory, 'race');
    const script = `import(${JSON.stringify(module)}).then(m =>
      console.log(m.developmentSecret(${JSON.stringify(target)}).value.toString('hex')))`;
    const runs = Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, ['-e', script]));
    const secrets = new Set((await Promise.all(runs)).map(({ stdout }) => stdout));
    expect(secrets.size).toBe(1);
    expect([...secrets][0]).toMatch(/^[0-9a-f]{64}\n$/);
  });

  test('prevents startup if it is damaged, instead of being replaced', () => {
    const DATA_DIR = mkdtempSync(join(directory, 'damaged-'));
    writeFileSync(join(DATA_DIR, 'secret'), 'half');
    expect(loadErrors({ SECRET_KEY: undefined, DATA_DIR })).toEqual([expect.stringMatching(/^DATA_DIR .*damaged/)]);
    expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8')).toBe('half');
  });

  test('is not created when other settings are invalid', () => {
    const DATA_DIR = join(directory, 'untouched');
    expect(loadErrors({ SECRET_KEY: undefined, DATA_DIR, PORT: 'x' })).toHaveLength(1);
    expect(statSync(DATA_DIR, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('.env', () => {
  const withEnvFile = mkdtempSync(join(directory, 'env-'));
  writeFileSync(join(withEnvFile, '.env'), 'PORT=4567\nHOST=127.0.0.2\n');

  test('is read in development, and real variables take precedence', () => {
    process.env.HOST = '127.0.0.3';
    try {
      expect(readEnvironment(withEnvFile)).toMatchObject({ PORT: '4567', HOST: '127.0.0.3' });
    } finally {
      delete process.env.HOST;
    }
  });

  test('is not read in production', () => {
    const mode = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      expect(readEnvironment(withEnvFile).PORT).toBeUndefined();
    } finally {
      process.env.NODE_ENV = mode;
    }
  });
});
