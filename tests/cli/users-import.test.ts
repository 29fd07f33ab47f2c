import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { login } from '../support/calls.ts';
import { apiClient, expectType } from '../support/client.ts';
import { dataDirectory, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { startService } from '../support/program.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { exportAll, importAgain, importCounts, importFile, PASSWORD_OF_HASH, QUICK_HASH } from '../support/transfer.ts';

const SECRET_KEY = randomBytes(32).toString('base64');

describe('on the embedded database', () => {
  describeImports(async () => ({ env: { DATA_DIR: await dataDirectory() }, drop: async () => {} }), false);
});

describePostgres('on PostgreSQL', () => {
  describeImports(async () => {
    const fresh: FreshDatabase = await freshDatabase(await postgresServer());
    return { env: { DATABASE_URL: fresh.url, SECRET_KEY }, drop: fresh.drop };
  }, true);
});

interface Target {
  env: Record<string, string>;
  drop(): Promise<void>;
}

/** Accounts without a verified address or number, which sign in only at a provider. */
const SOCIAL_ONLY = [
  {
    id: '3b9a7f5c-3f6e-4d0f-9d57-0a3f5c1e2b4d',
    identities: [{ provider: 'facebook', issuer: 'https://www.facebook.com', subject: 'elsewhere-1' }],
  },
  {
    id: '3b9a7f5c-3f6e-4d0f-9d57-0a3f5c1e2b4e',
    phone: '+998901234500',
    identities: [{ provider: 'facebook', issuer: 'https://www.facebook.com', subject: 'elsewhere-2' }],
  },
];

const HEADER = 'email,emailVerified,phone,phoneVerified,passwordHash,firstName,companyName,roles,isActive,createdAt';

/** @param isThorough also runs the tests that do not depend on the database */
function describeImports(open: () => Promise<Target>, isThorough: boolean): void {
  let target: Target;
  let env: Record<string, string>;
  beforeAll(async () => {
    target = await open();
    env = target.env;
  });
  afterAll(() => target?.drop());

  test('imports a CSV completely, a second import changes nothing, and the users can sign in', async () => {
    const rows = [
      HEADER,
      `Ada@Example.COM,yes,,,${QUICK_HASH},"Ada ""the first""","Lovelace, Sons",staff admin,true,2020-02-03 04:05:06+05`,
      `,,+998 90 123-45-67,t,${QUICK_HASH},Bob,,,1,2021-01-01`,
      'carol@example.com,no,+998901234567,,!unusable,,,,,',
      'dave@example.com,true,,,,,,,false,',
    ];
    const first = await importFile(env, 'people.csv', `\ufeff${rows.join('\r\n')}\r\n`);
    expect(first).toMatchObject({ code: 0, stdout: importCounts(4, 4, 0, 0), stderr: '', refused: [] });
    const exported = await exportAll(env);
    expect(
      exported.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(
      expect.arrayContaining([
        {
          id: expect.any(String),
          email: 'ada@example.com',
          emailVerified: true,
          phoneVerified: false,
          firstName: 'Ada "the first"',
          companyName: 'Lovelace, Sons',
          roles: ['STAFF', 'ADMIN'],
          isActive: true,
          createdAt: '2020-02-02T23:05:06.000Z',
        },
        expect.objectContaining({ phone: '+998901234567', phoneVerified: true, firstName: 'Bob', isActive: true }),
        expect.objectContaining({ email: 'carol@example.com', phone: '+998901234567', phoneVerified: false }),
        expect.objectContaining({ email: 'dave@example.com', emailVerified: true, isActive: false }),
      ]),
    );
    expect(await importAgain(env, first.file)).toMatchObject({ code: 0, stdout: importCounts(4, 0, 4, 0) });
    expect((await exportAll(env)).stdout).toBe(exported.stdout);

    const service = await startService(env);
    const ada = await login(apiClient(service.url), 'ada@example.com', PASSWORD_OF_HASH);
    expect(expectType(ada, 'Authenticated').user.email).toBe('ada@example.com');
    expectType(await login(apiClient(service.url), 'dave@example.com', PASSWORD_OF_HASH), 'InvalidCredentials');
    await service.stop();
  });

  test('rejects only the hostile rows of a CSV, each with a reason (T31)', async () => {
    const row = (email: string, firstName = '', more = ',,,') => `${email},yes,,,,${firstName},${more}`;
    const rows: (string | Buffer)[] = [
      HEADER,
      row('good.1@example.com'), // 1
      row('formula.1@example.com', `"=cmd|' /C calc'!A0"`),
      row('formula.2@example.com', '@SUM(1)'),
      row('=formula.3@example.com'),
      row('huge@example.com', `"${'x\n'.repeat(5 * 1024 * 1024)}"`), // 5
      Buffer.concat([Buffer.from('broken@example.com,yes,,,,'), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(',,,,')]),
      row('twice@example.com'),
      row('Twice@EXAMPLE.com'),
      row('\u212aate@example.com'), // The Kelvin sign, which is normalised to k.
      row('\uff41da@example.com'), // 10
      row('аda@example.com'), // A Cyrillic а.
      row('short@example.com').slice(0, -1),
      row('"quote"d@example.com'),
      row('not an address'),
      row(''), // 15
      row('direction@example.com', 'Ada\u202e'),
      row('admin@example.com', '', ',GOD,,'),
      row('costly@example.com').replace('yes,,,', 'yes,,,pbkdf2_sha256$999999999$s$AAAA'),
      row('plain@example.com').replace('yes,,,', 'yes,,,hunter2'),
      row('injected@example.com', `"Ada\nmallory@example.com,yes,,,,,,ADMIN,,"`), // 20
      row('good.2@example.com', "'=escaped"),
    ];
    const content = Buffer.concat(rows.flatMap((line) => [Buffer.from(line), Buffer.from('\n')]));
    const { code, stdout, stderr, refused, file } = await importFile(env, 'hostile.csv', content);
    expect(stdout).toBe(importCounts(21, 2, 0, 19));
    expect(code).toBe(65);
    expect(refused).toEqual([
      `2,,firstName,begins like a formula: put a ' before it,refused`,
      `3,,firstName,begins like a formula: put a ' before it,refused`,
      `4,,email,begins like a formula: put a ' before it,refused`,
      '5,,,larger than 1 MiB,refused',
      '6,,,not UTF-8,refused',
      '7,,email,another row of the file has the same address,refused',
      '8,,email,another row of the file has the same address,refused',
      '9,,email,not a valid email address in ASCII,refused',
      '10,,email,not a valid email address in ASCII,refused',
      '11,,email,not a valid email address in ASCII,refused',
      '12,,,"has 9 columns, but the header has 10",refused',
      '13,,,invalid CSV quotes,refused',
      '14,,email,not a valid email address in ASCII,refused',
      '15,,,neither an email address nor a phone number,refused',
      '16,,firstName,contains characters that cannot be displayed,refused',
      '17,,roles,the only roles are STAFF and ADMIN,refused',
      '18,,passwordHash,malformed hash,refused',
      '19,,passwordHash,unknown kind of hash,refused',
      '20,,firstName,contains characters that cannot be displayed,refused',
    ]);
    expect(statSync(`${file}.refused.csv`).mode & 0o077).toBe(0);
    expect(stdout + stderr + refused.join()).not.toMatch(/hunter2|mallory|calc/);
    const { stdout: exported } = await exportAll(env, ['--format', 'csv']);
    expect(exported).toContain("good.2@example.com,true,,false,'=escaped,");
    expect(exported).not.toMatch(/mallory|injected|formula|huge|kate|[^.]twice/);
  });

  test('imports another server’s export with hashes, ids and identities', async () => {
    const identity = { provider: 'google', issuer: 'https://accounts.google.com', subject: '1234', email: null };
    const special = {
      email: 'special@example.com',
      firstName: "'=1",
      companyName: 'a "b", c; d',
      locale: 'uz-Latn-UZ',
    };
    const seed = [special, { email: 'linked@example.com', passwordHash: QUICK_HASH, identities: [identity] }];
    await importFile(env, 'seed.jsonl', seed.map((row) => JSON.stringify(row)).join('\n'));
    for (const format of isThorough ? ['csv', 'jsonl'] : ['jsonl']) {
      // A CSV cannot contain accounts that sign in only at a provider.
      if (format === 'jsonl')
        await importFile(env, 'elsewhere.jsonl', SOCIAL_ONLY.map((row) => JSON.stringify(row)).join('\n'));
      const exported = await exportAll(env, ['--format', format, '--with-hashes']);
      expect(exported.stderr).toMatch(/password hashes/);
      expect(exported.stdout).toContain(QUICK_HASH);
      const other = await open();
      try {
        const { code, refused } = await importFile(other.env, `all.${format}`, exported.stdout);
        expect({ code, refused }).toEqual({ code: 0, refused: [] });
        expect((await exportAll(other.env, ['--format', format, '--with-hashes'])).stdout).toBe(exported.stdout);
        if (format === 'csv') continue;
        expect(exported.stdout).toContain('elsewhere-1');
        const rows = exported.stdout.trimEnd().split('\n').length;
        const again = await importFile(other.env, 'again.jsonl', exported.stdout);
        expect(again).toMatchObject({ code: 0, stdout: importCounts(rows, 0, rows, 0) });
        const attacker = { ...SOCIAL_ONLY[0], id: '4b9a7f5c-3f6e-4d0f-9d57-0a3f5c1e2b4d' };
        const taken = await importFile(other.env, 'taken.jsonl', JSON.stringify(attacker));
        expect(taken.refused).toEqual([`1,${attacker.id},identities,another account has this identity,refused`]);
        expect((await exportAll(other.env)).stdout).not.toContain(attacker.id);
      } finally {
        await other.drop();
      }
    }
  });

  if (!isThorough) return;

  test('keeps keys that are UUIDs, and rejects values that another account has', async () => {
    const [id, other] = ['0b9a7f5c-3f6e-4d0f-9d57-0a3f5c1e2b4d', '1b9a7f5c-3f6e-4d0f-9d57-0a3f5c1e2b4d'];
    const row = (columns: object) => JSON.stringify(columns);
    const phone = '+998901112233';
    await importFile(env, 'first.jsonl', row({ id, email: 'kept@example.com', phone, phoneVerified: true }));
    const rows = [
      row({ id: other, email: 'kept@example.com' }),
      row({ id, email: 'new.1@example.com' }),
      row({ email: 'new.2@example.com', phone, phoneVerified: true }),
      row({ id: other, phone, phoneVerified: true }),
      row({ email: 'new.3@example.com', phone }),
      row({ id: '7', email: 'new.4@example.com' }),
    ];
    for (const options of [['--dry-run'], []]) {
      const { refused } = await importFile(
        env,
        'second.jsonl',
        rows.slice(0, 2).concat(rows.slice(4)).join('\n'),
        options,
      );
      expect(refused).toEqual([
        `1,${other},id,the account with this address or number has another id,refused`,
        `2,${id},id,another account has this id,refused`,
      ]);
      const third = await importFile(env, 'third.jsonl', rows[2] ?? '', options);
      expect(third.refused).toEqual(['1,,phone,another account has this number,refused']);
      const fourth = await importFile(env, 'fourth.jsonl', rows[3] ?? '', options);
      expect(fourth.refused).toEqual([`1,${other},id,the account with this address or number has another id,refused`]);
    }
    expect((await exportAll(env)).stdout).toMatch(new RegExp(`"id":"${id}","email":"kept@example.com"`));
  });

  test('broken JSON affects only the broken rows', async () => {
    const rows = [
      '{"email":"json.1@example.com"}',
      '{"email":"json.2@example.com"',
      '[]',
      '{"email":{"toString":"x"}}',
      '{"__proto__":{"email":"json.3@example.com"}}',
      `{"email":"json.4@example.com","firstName":"\\ud800"}`,
      '{"email":"json.5@example.com","passwordHash":"pbkdf2_sha256$1$\\u0000$AAAA"}',
      `{"email":"json.6@example.com","isActive":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      '{"email":"json.7@example.com","identities":[{"provider":"google","issuer":"javascript:1","subject":"1"}]}',
      '',
      '{"email":"json.8@example.com","firstName":"=1+1"}',
    ];
    const { stdout, refused } = await importFile(env, 'broken.jsonl', rows.join('\n'));
    expect(stdout).toBe(importCounts(10, 2, 0, 8));
    expect(refused.map((line) => line.split(',')[0])).toEqual(['2', '3', '4', '5', '6', '7', '8', '9']);

    const cut =
      '[{"model":"a.user","pk":1,"fields":{"password":"!","last_login":null,"email":"cut.1@example.com"}}, 7, {"mo';
    const dump = await importFile(env, 'cut.json', cut);
    expect(dump).toMatchObject({ code: 65, stdout: importCounts(3, 1, 0, 2) });
    expect(dump.refused[1]).toBe('3,,,the file ends or is broken here,refused');
  });

  test('a lenient import leaves out invalid optional fields', async () => {
    const rows = [
      { email: 'lenient@example.com', phone: '12', locale: '?', passwordHash: 'md5$a$b', lastLoginAt: 'soon' },
      { email: 'not-an-address', phone: '12' },
    ];
    const { code, stdout, refused } = await importFile(
      env,
      'a.jsonl',
      rows.map((row) => JSON.stringify(row)).join('\n'),
      ['--lenient'],
    );
    expect(code).toBe(65);
    expect(stdout).toBe(`${importCounts(2, 1, 0, 1)}4 fields left out\n`);
    expect(refused.filter((line) => line.endsWith('left out'))).toHaveLength(4);
  });

  test('a dry run reports the same counts and writes nothing', async () => {
    const before = (await exportAll(env, ['--with-hashes'])).stdout;
    const row = (email: string) => JSON.stringify({ email, passwordHash: QUICK_HASH });
    const content = [row('dry@example.com'), row('good.1@example.com'), row('@')].join('\n');
    const ids = join(temporaryDirectory('dry'), 'ids.csv');
    const { code, stdout } = await importFile(env, 'dry.jsonl', content, ['--dry-run', '--ids', ids]);
    expect(code).toBe(65);
    // In a dry run, only existing accounts have an id.
    expect(readFileSync(ids, 'utf8')).toMatch(/^key,id\n2,[-0-9a-f]{36}\n$/);
    expect(stdout).toBe('3 accounts read: 1 would be created, 1 already existed, 1 rows rejected\n');
    expect((await exportAll(env, ['--with-hashes'])).stdout).toBe(before);
  });

  test('maps columns, adds the phone prefix, and rejects a file in another format as a whole', async () => {
    const content = 'Mail;Tel;Firm\nmapped@example.com;901234599;=1\n';
    const options = ['--delimiter', ';', '--map', 'email=Mail', '--map', 'phone=Tel', '--phone-prefix', '+998'];
    expect(await importFile(env, 'mapped.csv', content, options)).toMatchObject({
      code: 0,
      stdout: importCounts(1, 1, 0, 0),
    });
    expect((await exportAll(env)).stdout).toContain('"phone":"+998901234599"');

    const missing = await importFile(env, 'a.csv', content, ['--delimiter', ';', '--map', 'email=Post']);
    expect(missing).toMatchObject({ code: 65, stderr: 'latchkey: the header has no column Post\n' });
    expect(await importFile(env, 'b.csv', content)).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('--map'),
    });
    expect(await importFile(env, 'c.csv', '')).toMatchObject({ code: 65 });
    expect(await importFile(env, 'd.json', '[]')).toMatchObject({
      code: 65,
      stderr: expect.stringContaining('no accounts'),
    });
  });

  test('an export contains no hashes by default, and its file is readable only by its owner', async () => {
    const file = join(temporaryDirectory('export'), 'all.csv');
    const { code, stdout } = await exportAll(env, [file, '--format', 'csv']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toMatch(/^id,email,/);
    expect(readFileSync(file, 'utf8')).not.toMatch(/passwordHash|pbkdf2/);
    expect(statSync(file).mode & 0o077).toBe(0);
  });
}
