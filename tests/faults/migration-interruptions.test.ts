import postgres from 'postgres';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { migratePostgres } from '../../src/infra/db/migrate.ts';
import { listMigrations } from '../../src/infra/db/migrations/files.ts';
import { planMigration } from '../../src/infra/db/migrations/plan.ts';
import { type FreshDatabase, freshDatabase, settingsFor } from '../support/databases.ts';
import { describeSchema, fill, migrateTo, SOME_ROWS } from '../support/old-database.ts';
import { startCommand } from '../support/program.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

const ALL = listMigrations().length;

/** The lines that report the steps of all migrations but the first. */
const STEPS = listMigrations()
  .slice(1)
  .flatMap((migration) => planMigration(migration).steps.map(({ name }) => `${migration.name}: ${name}`));

describePostgres('migrations that stop between', () => {
  let server: string;
  let fresh: FreshDatabase;
  let sql: postgres.Sql;
  let expected: string[];

  beforeAll(async () => {
    server = await postgresServer();
    const made = await freshDatabase(server);
    expected = await describeSchema(made.url);
    await made.drop();
  });
  beforeEach(async () => {
    fresh = await freshDatabase(server, { migrated: false });
    sql = postgres(fresh.url, { max: 3, onnotice: () => {} });
    return async () => {
      await sql.end({ timeout: 5 });
      await fresh.drop();
    };
  });

  async function startFrom(count: number) {
    await migrateTo(fresh.url, count);
    await fill(fresh.url, SOME_ROWS);
  }

  /** Ends the session that keeps others from migrating, or the one that migrates. */
  const endSession = (which: 'guard' | 'worker') =>
    sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query not like '%pg_terminate_backend%'
        and ${which === 'guard'} = exists (select from pg_locks where pg_locks.pid = pg_stat_activity.pid
          and locktype = 'advisory' and (classid::bigint << 32) + objid::bigint = 7031120264)`;

  async function expectMigrated() {
    expect(await describeSchema(fresh.url)).toEqual(expected);
    expect(await sql`select count(*)::int as rows from migrations`).toEqual([{ rows: ALL }]);
    expect(await sql`select * from migration_steps`).toEqual([]);
    expect(await sql`select count(*)::int as rows from last_logins`).toEqual([{ rows: SOME_ROWS.users }]);
    const trusted = await sql`select 1 from sessions where end_reason in ('logout-all', 'reused') and trust = 'full'`;
    expect(trusted).toEqual([]);
  }

  test('continue after losses of the connection in the middle of their steps (F33)', async () => {
    await startFrom(1);
    const interrupted = new Set<string>();
    const run = async () => {
      let ending: Promise<unknown> | undefined;
      const report = (line: string) => {
        if (ending || interrupted.has(line) || !STEPS.includes(line)) return;
        interrupted.add(line);
        // A step takes some milliseconds, so the loss is at its beginning, in its middle or after it.
        ending = new Promise((resolve) => setTimeout(resolve, interrupted.size % 7)).then(() => endSession('worker'));
      };
      await migratePostgres(settingsFor(fresh.url), { report }).catch(() => {});
      await ending;
      return ending !== undefined;
    };
    while (await run());
    // On a busy machine a loss comes late, and the step after it may have ended, too.
    expect(interrupted.size).toBeGreaterThan(STEPS.length / 2);
    expect(await migratePostgres(settingsFor(fresh.url))).toBe(0);
    await expectMigrated();
  });

  test('stop if another process could begin, and continue later', async () => {
    await startFrom(1);
    const lines: string[] = [];
    const report = (line: string) => {
      if (lines.push(line) === 8) void endSession('guard').execute();
    };
    await expect(migratePostgres(settingsFor(fresh.url), { report })).rejects.toThrow('the database does not respond');
    const last = lines.at(-1);
    expect(last).not.toBe(STEPS.at(-1));
    expect(await migratePostgres(settingsFor(fresh.url))).toBeGreaterThan(0);
    expect(lines.at(-1)).toBe(last);
    await expectMigrated();
  });

  test('continue after kill -9 (F33)', async () => {
    await startFrom(1);
    const env = { DATABASE_URL: fresh.url, NODE_ENV: 'development' };
    const kinds = ['transaction', 'create index', 'batches', 'validate', 'drop index'];
    for (const kind of kinds) {
      const child = await startCommand(['migrate'], { env });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes(`: ${kind}`)) child.kill('SIGKILL');
      });
      const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
      expect(signal).toBe('SIGKILL');
    }
    await migratePostgres(settingsFor(fresh.url));
    await expectMigrated();
  });

  test('replace an index that a crash left invalid', async () => {
    await startFrom(1);
    await sql`create index users_by_creation on users (id)`;
    await sql`update pg_index set indisvalid = false where indexrelid = 'users_by_creation'::regclass`;
    await migratePostgres(settingsFor(fresh.url));
    await expectMigrated();
  });

  test('wait for an index that the session of a killed process still builds', async () => {
    await startFrom(3);
    const [statement = ''] = listMigrations().flatMap(({ statements }) =>
      statements.filter((text) => text.includes('"audit_events_by_kind"')),
    );
    let building: Promise<unknown> | undefined;
    let migrating: Promise<number> | undefined;
    await sql.begin('isolation level repeatable read', async (tx) => {
      await tx`select count(*) from users`; // Index builds wait for transactions with older snapshots.
      building = sql.unsafe(statement.replace('INDEX', 'INDEX CONCURRENTLY')).then(() => {});
      const state = () => sql`select indisvalid from pg_index where indexrelid = to_regclass('audit_events_by_kind')`;
      await expect.poll(state).toEqual([{ indisvalid: false }]);
      migrating = migratePostgres(settingsFor(fresh.url));
      const waiting = () => sql`select 1 from pg_locks where mode = 'ShareUpdateExclusiveLock' and not granted`;
      await expect.poll(waiting).toHaveLength(1);
    });
    await building;
    const [index] = await sql`select 'audit_events_by_kind'::regclass::oid as oid`;
    expect(await migrating).toBe(ALL - 3);
    expect(await sql`select 'audit_events_by_kind'::regclass::oid as oid`).toEqual([index]);
    await expectMigrated();
  });

  test('are run by one of eight processes', async () => {
    await startFrom(1);
    const applied = await Promise.all(Array.from({ length: 8 }, () => migratePostgres(settingsFor(fresh.url))));
    expect(applied.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, ALL - 1]);
    await expectMigrated();
  });

  test('give up when a lock is not free in time, and name its holder', async () => {
    await startFrom(1);
    await sql.begin(async (tx) => {
      await tx`select count(*) from challenges`;
      const refused = migratePostgres(settingsFor(fresh.url), { wait: 2_000 });
      await expect(refused).rejects.toThrow(
        /^0001_password_reset: transaction waited 2 s for a lock that process \d+ \(.+\) holds: run it again/,
      );
    });
    expect(await migratePostgres(settingsFor(fresh.url))).toBe(ALL - 1);
  });

  test('behind PgBouncer say that an index needs a session, before anything is changed', async () => {
    await startFrom(1);
    const config = { ...settingsFor(fresh.url), preparedStatements: false };
    await expect(migratePostgres(config)).rejects.toThrow(
      /^0002.*create index .* DATABASE_URL that leads to PostgreSQL/,
    );
    expect(await sql`select count(*)::int as rows from migrations`).toEqual([{ rows: 1 }]);
  });
});
