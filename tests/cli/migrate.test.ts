import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import postgres from 'postgres';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listMigrations } from '../../src/infra/db/migrations/files.ts';
import { runCommand } from '../support/command.ts';
import { dataDirectory, type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { describeSchema, migrateTo } from '../support/old-database.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

const SECRET_KEY = randomBytes(32).toString('base64');
const ALL = listMigrations().length;

describePostgres('migrate on PostgreSQL', () => {
  let server: string;
  let fresh: FreshDatabase;
  let env: Record<string, string>;
  let sql: postgres.Sql;

  beforeAll(async () => {
    server = await postgresServer();
  });
  beforeEach(async () => {
    fresh = await freshDatabase(server, { migrated: false });
    env = { SECRET_KEY, DATABASE_URL: fresh.url };
    sql = postgres(fresh.url, { max: 1, onnotice: () => {} });
    return async () => {
      await sql.end({ timeout: 5 });
      await fresh.drop();
    };
  });

  test('--status lists what is applied and the steps of what is not', async () => {
    await migrateTo(fresh.url, 1);
    await sql`create table migration_steps (created_at bigint, step text)`;
    await sql`insert into migration_steps values (${listMigrations()[1]?.createdAt ?? 0}, 'transaction')`;
    const { code, stdout, stderr } = await runCommand(['migrate', '--status'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      'applied     0000_initial',
      'unfinished  0001_password_reset',
      '            done   transaction',
      '            to do  validate challenges.challenges_purpose',
      'pending     0002_life_of_a_credential',
      '            to do  transaction',
    ]);
    expect(stdout).toMatch(new RegExp(`\n${ALL - 1} of ${ALL} migrations to apply\n$`));
    const json = JSON.parse((await runCommand(['migrate', '--status', '--json'], { env })).stdout);
    expect(json).toMatchObject({ newer: 0, migrations: { length: ALL } });
    expect(json.migrations.slice(0, 2)).toEqual([
      { name: '0000_initial', state: 'applied' },
      {
        name: '0001_password_reset',
        state: 'unfinished',
        steps: [
          { name: 'transaction', done: true },
          { name: 'validate challenges.challenges_purpose', done: false },
        ],
      },
    ]);
  });

  test('--status names migrations of a newer version', async () => {
    await runCommand(['migrate'], { env });
    await sql`insert into migrations (hash, created_at) values ('later', 9999999999999)`;
    const { stdout } = await runCommand(['migrate', '--status'], { env });
    expect(stdout).toMatch(/\n1 of a newer version\nthe database is up to date\n$/);
  });

  test('--dry-run prints each step with its locks', async () => {
    await migrateTo(fresh.url, 3);
    const { code, stdout } = await runCommand(['migrate', '--dry-run'], { env });
    expect(code).toBe(0);
    expect(stdout).toContain(`
-- 0004_challenges_of_a_person: drop index challenges_open_by_subject
-- SHARE UPDATE EXCLUSIVE on its table: blocks neither reads nor writes
DROP INDEX CONCURRENTLY IF EXISTS "public"."challenges_open_by_subject";
`);
    expect(stdout).toContain(`
-- 0006_session_trust: transaction
-- ACCESS EXCLUSIVE on sessions: blocks reads and writes for milliseconds
-- If a lock is not free in time: again after a pause.
BEGIN;
SET LOCAL lock_timeout = 500;
LOCK TABLE "public"."sessions" IN ACCESS EXCLUSIVE MODE;
ALTER TABLE "sessions" ADD COLUMN "trust"`);
  });

  test('the SQL of --dry-run makes the same tables as migrate', async () => {
    const made = await freshDatabase(server);
    await migrateTo(fresh.url, 1);
    const { stdout } = await runCommand(['migrate', '--dry-run'], { env });
    // CONCURRENTLY does not work within a message of several statements.
    await sql.unsafe(stdout.replaceAll(' CONCURRENTLY', ''));
    expect(await describeSchema(fresh.url)).toEqual(await describeSchema(made.url));
    await made.drop();
  });

  test('an empty database is migrated in one transaction', async () => {
    const { stdout } = await runCommand(['migrate', '--dry-run'], { env });
    expect(stdout.match(/^(?:BEGIN|COMMIT);$/gm)).toHaveLength(2);
    expect(stdout).not.toContain('CONCURRENTLY');
    await sql.unsafe(stdout);
    expect(await sql`select count(*)::int as users from users`).toEqual([{ users: 0 }]);
  });

  test('--status and --dry-run change nothing', async () => {
    const state = () => sql`select relname, xmin from pg_class order by relname`;
    for (const option of ['--status', '--dry-run']) {
      await runCommand(['migrate', option], { env });
      expect(await sql`select to_regclass('migrations') as found`).toEqual([{ found: null }]);
    }
    await migrateTo(fresh.url, 2);
    const before = await state();
    for (const option of ['--status', '--dry-run']) await runCommand(['migrate', option], { env });
    expect(await state()).toEqual(before);
  });

  test('reports steps on standard error, and only the result on standard output', async () => {
    await migrateTo(fresh.url, 1);
    const { code, stdout, stderr } = await runCommand(['migrate'], { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${ALL - 1} migrations applied\n` });
    expect(stderr).toContain('\n0002_life_of_a_credential: create index sessions_by_device\n');
  });

  test('exits with 69 if a lock is not free in time, and names its holder', async () => {
    await migrateTo(fresh.url, 1);
    const { code, stderr } = await sql.begin(async (tx) => {
      await tx`select count(*) from challenges`;
      return runCommand(['migrate', '--wait', '1s'], { env });
    });
    expect(code).toBe(69);
    expect(stderr).toMatch(
      /\nlatchkey: 0001_password_reset: transaction waited 1 s for a lock that process \d+ \(.*\) holds: run it again when it is free\n$/,
    );
  });

  test('the failure of a step is named and explained', async () => {
    await migrateTo(fresh.url, 3);
    await sql`insert into challenges (id, purpose, subject, channel, max_attempts, code_expires_at, expires_at, created_at)
      values (gen_random_uuid(), 'SIGN_UP', 'x', 'EMAIL', 3, now(), now(), now())`;
    await sql`alter table challenges drop constraint challenges_purpose, add constraint challenges_purpose check (true)`;
    await sql`update challenges set purpose = 'UNKNOWN'`;
    const { code, stderr } = await runCommand(['migrate'], { env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\nlatchkey: 0008_second_factors: validate challenges.challenges_purpose: a row contradicts a constraint \(23514\)/,
    );
  });
});

describe('migrate on the embedded database', () => {
  test('--status and --dry-run create none', async () => {
    const env = { SECRET_KEY, DATA_DIR: temporaryDirectory('data') };
    const { stdout } = await runCommand(['migrate', '--status'], { env });
    expect(stdout).toMatch(/^pending {5}0000_initial\n {12}to do {2}transaction\npending/);
    expect((await runCommand(['migrate', '--dry-run'], { env })).stdout).toContain('CREATE TABLE "users"');
    expect(existsSync(`${env.DATA_DIR}/database`)).toBe(false);
  });

  test('--status says that it is up to date', async () => {
    const env = { SECRET_KEY, DATA_DIR: await dataDirectory() };
    const { stdout } = await runCommand(['migrate', '--status'], { env });
    expect(stdout).toMatch(/applied {5}0013_last_logins\nthe database is up to date\n$/);
    expect((await runCommand(['migrate', '--dry-run'], { env })).stdout).toBe('-- the database is up to date\n');
  });

  test.each([
    [['--status', '--dry-run'], /cannot be used with/],
    [['--json'], /--json needs --status/],
    [['--wait', 'long'], /must be a duration/],
  ])('%j is refused', async (options, message) => {
    const { code, stderr } = await runCommand(['migrate', ...options]);
    expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringMatching(message) });
  });
});
