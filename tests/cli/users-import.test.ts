import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAppOn } from '../support/app.ts';
import { login } from '../support/calls.ts';
import { expectType } from '../support/client.ts';
import { dataDirectory, type FreshDatabase, freshDatabase } from '../support/databases.ts';
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

    const service = await startAppOn(env);
    const ada = await login(service.client(), 'ada@example.com', PASSWORD_OF_HASH);
    expect(expectType(ada, 'Authenticated').user.email).toBe('ada@example.com');
    expectType(await login(service.client(), 'dave@example.com', PASSWORD_OF_HASH), 'InvalidCredentials');
    await service.close();
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
      '5,,,larger than 1 MiB: perhaps a quote is not closed,refused',
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
}
