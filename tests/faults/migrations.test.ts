import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { count, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PostgresConfig } from '../../src/config.ts';
import { DAY } from '../../src/core/clock.ts';
import { openDatabase, openEmbedded, openForMigration, STATEMENT_DEADLINE } from '../../src/infra/db/client.ts';
import { lockDirectory } from '../../src/infra/db/embedded-lock.ts';
import { migrate, migratePostgres, pendingMigrations } from '../../src/infra/db/migrate.ts';
import { users } from '../../src/infra/db/tables.ts';
import { type FreshDatabase, freshDatabase, settingsFor } from '../support/databases.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

const journal: { entries: { tag: string }[] } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../drizzle/meta/_journal.json'), 'utf8'),
);
const ALL = journal.entries.length;

describePostgres('migrations on PostgreSQL', () => {
  let server: string;
  let fresh: FreshDatabase;
  let config: PostgresConfig;

  beforeAll(async () => {
    server = await postgresServer();
  });
  beforeEach(async () => {
    fresh = await freshDatabase(server, { migrated: false });
    config = settingsFor(fresh.url, 2);
    return () => fresh.drop();
  });

  test('eight replicas that start together on an empty database all start (F23)', async () => {
    const applied = await Promise.all(Array.from({ length: 8 }, () => migratePostgres(config)));
    expect(applied.toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, ALL]);
    const { db, close } = await openDatabase(config);
    expect(await pendingMigrations(db, 'public')).toBe(0);
    expect(await db.select({ rows: count() }).from(users)).toEqual([{ rows: 0 }]);
    await close();
  });

  test('eight replicas that start together behind PgBouncer in transaction mode all start (F23)', async () => {
    const applied = Array.from({ length: 8 }, () => migratePostgres({ ...config, preparedStatements: false }));
    expect((await Promise.all(applied)).toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, ALL]);
  });

  test('the statement timeout does not apply while waiting for another replica’s migration (F23)', async () => {
    const { db, close } = openForMigration(config);
    const [waiting] = await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(7031120264)`);
      const pooled = await openDatabase(config);
      const migration = migrate(pooled.db, 'public').finally(pooled.close);
      await tx.execute(sql`select pg_sleep(${(STATEMENT_DEADLINE + 500) / 1000})`);
      return [migration];
    });
    expect(await waiting).toBe(ALL);
    await close();
  });

  test('a failed migration leaves nothing behind', async () => {
    const { db, close } = await openDatabase(config);
    await db.execute(sql`create table users (id integer)`); // Makes the migration fail.
    await expect(migratePostgres(config)).rejects.toThrow();
    const [table] = await db.select({ name: sql`to_regclass('public.audit_events')` }).from(sql`(select 1) as one`);
    expect(table).toEqual({ name: null });
    expect(await pendingMigrations(db, 'public')).toBe(ALL);
    await db.execute(sql`drop table users`);
    expect(await migratePostgres(config)).toBe(ALL);
    await close();
  });

  test('a database that a newer version has migrated is left unchanged', async () => {
    await migratePostgres(config);
    const { db, close } = await openDatabase(config);
    await db.execute(sql`insert into public.migrations (hash, created_at) values ('later', 9999999999999)`);
    expect(await pendingMigrations(db, 'public')).toBe(0);
    expect(await migratePostgres(config)).toBe(0);
    await close();
  });
});

describe('the embedded database', () => {
  test('is migrated once', async () => {
    const { db, close } = await openEmbedded(new PGlite());
    expect(await pendingMigrations(db, 'public')).toBe(ALL);
    expect(await migrate(db, 'public')).toBe(ALL);
    expect(await migrate(db, 'public')).toBe(0);
    expect(await pendingMigrations(db, 'public')).toBe(0);
    await close();
  });

  test('cannot be opened by a second process, which would corrupt it', async () => {
    const directory = `${temporaryDirectory('embedded')}/data/database`;
    const database = await openDatabase({ kind: 'embedded', directory, isDurable: false, schema: 'public' });
    await expect(openDatabase({ kind: 'embedded', directory, isDurable: false, schema: 'public' })).rejects.toThrow(
      /is open in process \d+: stop that one/,
    );
    await database.close();
    await (await openDatabase({ kind: 'embedded', directory, isDurable: false, schema: 'public' })).close();
  });

  test('can be opened after a crash, but not while its process runs', () => {
    const directory = `${temporaryDirectory('crashed')}/database`;
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    writeFileSync(`${directory}.pid`, dead);
    lockDirectory(directory)();
    writeFileSync(`${directory}.pid`, String(process.ppid));
    expect(() => lockDirectory(directory)).toThrow(`process ${process.ppid}`);
  });
});

/** The statements of migrations, by their numbers. */
function migrationStatements(from: number, to: number): string[] {
  const directory = resolve(import.meta.dirname, '../../drizzle');
  const tags = journal.entries.slice(from, to).map(({ tag }) => tag);
  return tags.flatMap((tag) => readFileSync(`${directory}/${tag}.sql`, 'utf8').split('--> statement-breakpoint'));
}

test('sessions that ended before the column of their trust get it from the reason of their end', async () => {
  const database = new PGlite();
  for (const statement of migrationStatements(0, 6)) await database.exec(statement);
  const ended = [
    ['before a reset', 'ada', 3, 'logout'],
    ['by a reset', 'ada', 2, 'password-changed'],
    ['after a reset', 'ada', 1, 'logout'],
    ['by a reused token', 'bob', 3, 'reused'],
    ['in the list', 'bob', 2, 'revoked'],
    ['as usual', 'bob', 1, 'session-limit'],
  ] as const;
  const userIds = { ada: randomUUID(), bob: randomUUID() };
  for (const [name, id] of Object.entries(userIds))
    await database.query('insert into users (id, email, created_at, updated_at) values ($1, $2, now(), now())', [
      id,
      `${name}@example.com`,
    ]);
  const insert = `insert into sessions
    (id, user_id, rotated_at, idle_expires_at, expires_at, ended_at, end_reason, device, last_used_at, created_at)
    values (gen_random_uuid(), $1, now(), now(), now(), $2, $3, $4, now(), now())`;
  for (const [device, name, daysAgo, reason] of ended)
    await database.query(insert, [userIds[name], new Date(Date.now() - daysAgo * DAY), reason, device]);
  await database.query(insert, [userIds.ada, null, null, 'live']);

  for (const statement of migrationStatements(6, 7)) await database.exec(statement);
  const { rows: kept } = await database.query("select device from sessions where trust = 'full' order by device");
  expect(kept).toEqual([{ device: 'after a reset' }, { device: 'as usual' }, { device: 'live' }]);
  // As the previous version writes it.
  await database.query(insert, [userIds.bob, null, null, 'new']);
  const { rows: added } = await database.query("select trust from sessions where device = 'new'");
  expect(added).toEqual([{ trust: 'full' }]);
  await database.close();
});
