import { describe, expect, test } from 'vitest';
import { loadErrors, loadOrFail, loadValid, PRODUCTION } from '../support/settings.ts';

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
    [
      'REDIS_URL',
      ['localhost:6379', 'http://localhost', 'redis://', 'redis://a,rediss://b', 'redis://a,,', 'redis://a/db'],
    ],
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
    const { config, warnings } = loadOrFail({ ALLOWED_ORIGINS: listed, PASSKEYS: 'off' });
    expect(config.http.allowedOrigins).toEqual(expect.arrayContaining(listed.split(',').slice(1)));
    for (const suffix of ['co.uk', 'github.io', 'pages.dev', 'netlify.app', 'herokuapp.com'])
      expect(loadValid({ ALLOWED_ORIGINS: `https://*.${suffix}` }).http.publicOrigins).toHaveLength(1);
    expect(config.http.publicOrigins).toEqual(['https://*.vercel.app']);
    expect(config.http.allowedOrigins).not.toContain('https://*.vercel.app');
    expect(warnings).toEqual([expect.stringMatching(/^ALLOWED_ORIGINS: anyone .*https:\/\/\*\.vercel\.app/)]);
  });

  test('a final dot makes no difference to what anyone can have', () => {
    for (const entry of ['https://*.vercel.app.', 'https://*.co.uk.'])
      expect(loadValid({ ALLOWED_ORIGINS: entry }).http.publicOrigins).toEqual([entry]);
    expect(loadErrors({ ALLOWED_ORIGINS: 'https://*.com.' })).toHaveLength(1);
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
