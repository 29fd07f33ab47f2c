import postgres from 'postgres';
import { beforeEach, expect, test } from 'vitest';
import { explainFailure } from '../../src/cli/exit.ts';
import { type Database, openForMigration } from '../../src/infra/db/client.ts';
import { migratePostgres } from '../../src/infra/db/migrate.ts';
import { FIRST_KEY, LAST_KEY } from '../../src/infra/db/migrations/batch.ts';
import { readMigration } from '../../src/infra/db/migrations/files.ts';
import { createStepsTable } from '../../src/infra/db/migrations/ledger.ts';
import { runMigration } from '../../src/infra/db/migrations/run.ts';
import { type FreshDatabase, freshDatabase, settingsFor } from '../support/databases.ts';
import { describeSchema, fill, migrateTo, SOME_ROWS } from '../support/old-database.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

describePostgres('a migration', () => {
  let fresh: FreshDatabase;
  let sql: postgres.Sql;
  let session: Database;
  const lines: string[] = [];

  beforeEach(async () => {
    fresh = await freshDatabase(await postgresServer(), { migrated: false });
    sql = postgres(fresh.url, { max: 1, onnotice: () => {} });
    session = openForMigration(settingsFor(fresh.url));
    await migrateTo(fresh.url, 1);
    await fill(fresh.url, SOME_ROWS);
    await createStepsTable(session.db, 'public');
    lines.length = 0;
    return async () => {
      await Promise.all([session.close(), sql.end({ timeout: 5 })]);
      await fresh.drop();
    };
  });

  const run = (...statements: string[]) =>
    runMigration(
      {
        db: session.db,
        schema: 'public',
        wait: 60_000,
        guard: 0,
        signal: new AbortController().signal,
        report: (line) => lines.push(line),
      },
      readMigration('9999_next', 9_999, statements.join('--> statement-breakpoint')),
    );

  test('makes a column required without a scan that blocks, once no row lacks it', async () => {
    const required = 'ALTER TABLE "users" ALTER COLUMN "company_name" SET NOT NULL';
    const failed = await run(required).catch(explainFailure);
    expect(failed).toMatch(
      /^9999_next: validate users.users_company_name_is_set: a row contradicts a constraint \(23514\)/,
    );
    await sql`update users set company_name = 'x'`;
    await run(required);
    expect(lines).toEqual([
      '9999_next: transaction',
      '9999_next: validate users.users_company_name_is_set',
      '9999_next: validate users.users_company_name_is_set',
      '9999_next: not null',
    ]);
    const [column] = await sql`select attnotnull as required from pg_attribute
      where attrelid = 'users'::regclass and attname = 'company_name'`;
    expect(column).toEqual({ required: true });
    expect(await sql`select 1 from pg_constraint where conname like '%is_set'`).toEqual([]);
  });

  test('leaves no index behind that rows contradict', async () => {
    const unique = 'CREATE UNIQUE INDEX "users_first_name_key" ON "users" USING btree ("first_name")';
    expect(await run(unique).catch(explainFailure)).toMatch(/^9999_next: create index .* \(23505\)/);
    expect(await sql`select to_regclass('users_first_name_key') as found`).toEqual([{ found: null }]);
    await sql`update users set first_name = id::text`;
    await run(unique);
    expect(await sql`select indisvalid from pg_index where indexrelid = 'users_first_name_key'::regclass`).toEqual([
      { indisvalid: true },
    ]);
  });

  test('continues its batches when a row that another session has locked is free', async () => {
    const all = `BETWEEN '${FIRST_KEY}' AND '${LAST_KEY}'`;
    let running: Promise<void> | undefined;
    await sql.begin(async (tx) => {
      await tx`update users set locale = 'uz' where id = (select id from users order by id offset 1500 limit 1)`;
      running = run(`UPDATE "users" SET "locale" = 'en' WHERE "users"."id" ${all} AND "locale" IS NULL`);
      await expect.poll(() => lines.at(-1)).toMatch(/^9999_next: batches 1 waits for a lock that process \d+ /);
    });
    await running;
    const counts = await sql`select locale, count(*)::int as users from users group by locale order by locale`;
    expect(counts).toEqual([
      { locale: 'en', users: SOME_ROWS.users - 1 },
      { locale: 'uz', users: 1 },
    ]);
  });
});

describePostgres('migrations in another schema', () => {
  test('are applied in steps, too', async () => {
    const server = await postgresServer();
    const [fresh, made] = await Promise.all([1, 2].map(() => freshDatabase(server, { migrated: false })));
    if (!fresh || !made) throw new Error('no databases');
    const schema = 'Auth "2" $1';
    await migrateTo(fresh.url, 1, schema);
    await migratePostgres({ ...settingsFor(fresh.url), schema });
    await migratePostgres({ ...settingsFor(made.url), schema });
    expect(await describeSchema(fresh.url, schema)).toEqual(await describeSchema(made.url, schema));
    expect(await describeSchema(fresh.url)).toEqual([]);
    await Promise.all([fresh.drop(), made.drop()]);
  });
});
