import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { migratePostgres } from '../../src/infra/db/migrate.ts';
import { runCommand } from '../support/command.ts';
import { type FreshDatabase, freshDatabase, settingsFor, useSmallMemory } from '../support/databases.ts';
import { startService } from '../support/program.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

const SECRET_KEY = randomBytes(32).toString('base64');

describePostgres('a schema of its own', () => {
  let server: string;
  let fresh: FreshDatabase;
  const run = (words: string[], settings: Record<string, string>) =>
    runCommand(words, { env: { SECRET_KEY, ...settings } });

  beforeAll(async () => {
    server = await postgresServer();
  });
  beforeEach(async () => {
    fresh = await freshDatabase(server, { migrated: false });
    return () => fresh.drop();
  });

  async function query(statement: string, url = fresh.url) {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    return sql.unsafe(statement).finally(() => sql.end({ timeout: 1 }));
  }
  const schemas = async () =>
    (
      await query(`select distinct table_schema as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema')`)
    ).map(({ name }) => name);

  test('is where all tables are, also on a second run', async () => {
    const env = { DATABASE_URL: fresh.url, DATABASE_SCHEMA: 'auth2' };
    await query('create schema auth2');
    expect(await run(['migrate'], env)).toMatchObject({ code: 0, stdout: expect.stringMatching(/applied/) });
    expect(await run(['migrate'], env)).toMatchObject({ code: 0, stdout: 'the database is up to date\n' });
    const service = await startService({ SECRET_KEY, ...env });
    expect((await service.stop()).code).toBe(0);
    expect(await run(['doctor'], env)).toMatchObject({ code: 0 });
    expect(await schemas()).toEqual(['auth2']);
    expect(await query('select count(*)::int as count from auth2.signing_keys')).toMatchObject([{ count: 1 }]);
  });

  test.each(['?search_path=auth2', '?options=-csearch_path%3Dauth2'])('is that of %s', async (parameters) => {
    const config = settingsFor(`${fresh.url}${parameters}`);
    expect(await migratePostgres(config)).toBeGreaterThan(0);
    expect(await migratePostgres(config)).toBe(0);
    expect(await schemas()).toEqual(['auth2']);
  });

  test('is created if it does not exist, whatever its name', async () => {
    const env = { DATABASE_URL: fresh.url, DATABASE_SCHEMA: 'Auth "2" $1' };
    const config = { ...settingsFor(env.DATABASE_URL), schema: env.DATABASE_SCHEMA };
    const applied = await Promise.all(Array.from({ length: 10 }, () => migratePostgres(config)));
    expect(applied.filter((count) => count > 0)).toHaveLength(1);
    expect(await schemas()).toEqual(['Auth "2" $1']);
  });

  test('two services with a schema each share a database', async () => {
    for (const DATABASE_SCHEMA of ['one', 'two', 'public'])
      expect(await migratePostgres({ ...settingsFor(fresh.url), schema: DATABASE_SCHEMA })).toBeGreaterThan(0);
    expect((await schemas()).toSorted()).toEqual(['one', 'public', 'two']);
  });

  test('a role without the right to create is told which right it needs', async () => {
    const role = `limited_${randomBytes(4).toString('hex')}`;
    await query(`create role ${role} login; revoke create on schema public from public; create schema theirs;
      grant usage on schema theirs to ${role}`);
    const DATABASE_URL = Object.assign(new URL(fresh.url), { username: role }).href;
    const inPublic = await run(['migrate'], { DATABASE_URL });
    expect(inPublic).toMatchObject({ code: 1 });
    expect(inPublic.stderr).toContain(`grant usage, create on schema "public" to ${role}`);
    const inTheirs = await run(['migrate'], { DATABASE_URL, DATABASE_SCHEMA: 'theirs' });
    expect(inTheirs.stderr).toContain(`grant usage, create on schema "theirs" to ${role}`);
    const inNone = await run(['migrate'], { DATABASE_URL, DATABASE_SCHEMA: 'none' });
    expect(inNone.stderr).toContain(`create schema "none" authorization ${role}`);
    await query(`drop owned by ${role}; drop role ${role}`);
  });

  test('behind PgBouncer it must be a setting of the role, and the service says so', async () => {
    const env = { DATABASE_URL: `${fresh.url}?pgbouncer=true`, DATABASE_SCHEMA: 'auth2' };
    expect(await run(['migrate'], env)).toMatchObject({ code: 0 });
    const refused = await run(['keys', 'list'], env);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/alter role \S+ in database \S+ set search_path = "auth2"/),
    });
    const [statement] = /alter role .*/.exec(refused.stderr) ?? [];
    await query(String(statement));
    expect(await run(['keys', 'list'], env)).toMatchObject({ code: 0 });
    await query(String(statement).replace(/set .*/, 'reset search_path'));
  });

  test('tables of another program with our names are explained', async () => {
    await query('create table migrations (id int, migration text, batch int)');
    const { code, stderr } = await run(['migrate'], { DATABASE_URL: fresh.url });
    expect(code).toBe(1);
    expect(stderr).toMatch(/tables are not those of this version \(42703\).*DATABASE_SCHEMA/);
  });

  test('parameters of other clients are named by migrate', async () => {
    const { stderr } = await run(['migrate'], { DATABASE_URL: `${fresh.url}?schema=public&connection_limit=1` });
    expect(stderr).toMatch(/^DATABASE_URL: parameters of other clients .* schema .*connection_limit/);
  });
});

test('the embedded database has its tables in DATABASE_SCHEMA, also on a second run', async () => {
  const env = { SECRET_KEY, DATA_DIR: temporaryDirectory('data'), DATABASE_SCHEMA: 'auth2' };
  expect((await runCommand(['migrate'], { env })).stdout).toMatch(/applied/);
  useSmallMemory(env.DATA_DIR);
  expect((await runCommand(['migrate'], { env })).stdout).toBe('the database is up to date\n');
  expect(await runCommand(['keys', 'list'], { env })).toMatchObject({ code: 0 });
});
