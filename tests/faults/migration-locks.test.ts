import postgres from 'postgres';
import { afterEach, expect, test } from 'vitest';
import { listMigrations, type Migration, readMigration } from '../../src/infra/db/migrations/files.ts';
import { planMigration } from '../../src/infra/db/migrations/plan.ts';
import { type FreshDatabase, freshDatabase } from '../support/databases.ts';
import { migrateTo } from '../support/old-database.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

class RolledBack extends Error {}

/** Modes that keep writes waiting, weakest first. */
const BLOCKING = ['SHARE', 'SHARE ROW EXCLUSIVE', 'EXCLUSIVE', 'ACCESS EXCLUSIVE'];
/** Such as AccessExclusiveLock. */
const nameInCatalog = (mode: string): string =>
  `${mode.toLowerCase().replaceAll(/(?:^| )(\w)/g, (_, letter: string) => letter.toUpperCase())}Lock`;

/** The locks that the plan asks for, and those that block writes which the statements take without them. */
async function compareLocks(sql: postgres.Sql, migration: Migration) {
  const [step] = planMigration(migration).steps;
  if (step?.kind !== 'transaction') return { planned: [], taken: [] };
  const tables = await sql<{ id: number; name: string }[]>`
    select oid as id, relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  let taken: string[] = [];
  await sql
    .begin(async (tx) => {
      for (const statement of step.statements) await tx.unsafe(statement);
      const locks = await tx<{ id: number; mode: string }[]>`
        select relation as id, mode from pg_locks where pid = pg_backend_pid() and relation is not null`;
      taken = tables.flatMap(({ id, name }) => {
        const modes = new Set(locks.flatMap((lock) => (lock.id === id ? lock.mode : [])));
        const strongest = BLOCKING.findLast((mode) => modes.has(nameInCatalog(mode)));
        return strongest ? `${name}: ${strongest}` : [];
      });
      throw new RolledBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
  return { planned: step.locks.map(({ table, mode }) => `${table}: ${mode}`), taken: taken.toSorted() };
}

describePostgres('the transaction of a migration', () => {
  const opened: { fresh: FreshDatabase; sql: postgres.Sql }[] = [];
  afterEach(async () => {
    for (const { fresh, sql } of opened.splice(0)) await sql.end({ timeout: 5 }).then(fresh.drop);
  });

  async function open({ migrated }: { migrated: boolean }): Promise<postgres.Sql> {
    const fresh = await freshDatabase(await postgresServer(), { migrated });
    const sql = postgres(fresh.url, { max: 1, onnotice: () => {} });
    opened.push({ fresh, sql });
    if (!migrated) await migrateTo(fresh.url, 1);
    return sql;
  }

  test('gets all locks first that its statements take (F33)', async () => {
    const sql = await open({ migrated: false });
    for (const migration of listMigrations().slice(1)) {
      const { planned, taken } = await compareLocks(sql, migration);
      expect(taken, migration.name).toEqual(planned);
      for (const statement of migration.statements) await sql.unsafe(statement);
    }
  });

  test.each([
    ['a foreign key', 'ALTER TABLE "sessions" DROP CONSTRAINT "sessions_user_id_users_id_fk"'],
    ['its column', 'ALTER TABLE "sessions" DROP COLUMN "user_id"'],
    ['a table that refers to another', 'DROP TABLE "totp_factors" CASCADE'],
    ['a table that others refer to', 'DROP TABLE "users" CASCADE'],
  ])('that removes %s gets the locks of the tables at both ends first (F33)', async (_, statement) => {
    const sql = await open({ migrated: true });
    const { planned, taken } = await compareLocks(sql, readMigration('next', Number.MAX_SAFE_INTEGER, statement));
    expect(planned.length).toBeGreaterThan(1);
    expect(taken).toEqual(planned);
  });
});
