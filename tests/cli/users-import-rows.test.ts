import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';
import { exportAll, importCounts, importFile, QUICK_HASH } from '../support/transfer.ts';

describePostgres('on PostgreSQL', () => {
  let env: Record<string, string>;
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    env = { DATABASE_URL: database.url, SECRET_KEY: randomBytes(32).toString('base64') };
  });
  afterAll(() => database?.drop());

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
    const row = (email: string) => JSON.stringify({ email, passwordHash: QUICK_HASH });
    await importFile(env, 'existing.jsonl', row('existing@example.com'));
    const before = (await exportAll(env, ['--with-hashes'])).stdout;
    const content = [row('dry@example.com'), row('existing@example.com'), row('@')].join('\n');
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
});
