import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  type PgColumnBuilderBase,
  type PgTableExtraConfigValue,
  pgEnum,
  pgTable,
  serial,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import { FIRST_KEY, LAST_KEY } from '../../src/infra/db/migrations/batch.ts';
import { listMigrations, type Migration, readMigration } from '../../src/infra/db/migrations/files.ts';
import { planMigration } from '../../src/infra/db/migrations/plan.ts';

/** Statements that may break the rule, and why. */
const EXCEPTIONS: Record<string, string> = {};

const problemsOf = (migrations: readonly Migration[]) =>
  migrations.flatMap((migration) =>
    planMigration(migration).problems.map(({ statement, problem }) => ({
      statement: `${migration.name}: ${statement}`,
      problem,
    })),
  );

describe('the migrations of drizzle/', () => {
  const found = problemsOf(listMigrations());

  test('block no writes and keep the previous version working (F33)', () => {
    expect(found.filter(({ statement }) => !EXCEPTIONS[statement])).toEqual([]);
  });

  test('need every exception', () => {
    const statements = found.map(({ statement }) => statement);
    expect(Object.keys(EXCEPTIONS).filter((exception) => !statements.includes(exception))).toEqual([]);
  });

  test('have names for their steps that are different', () => {
    for (const migration of listMigrations()) {
      const names = planMigration(migration).steps.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

type Columns = Record<string, PgColumnBuilderBase>;

const others = pgTable('others', { id: uuid('id').primaryKey() });
const unchanged = () => ({ id: uuid('id').primaryKey(), a: text('a'), b: integer('b') });
/** A table with rows, as it was or as it becomes. */
const rows = (columns: Columns = {}, extras: PgTableExtraConfigValue[] = []) => ({
  others,
  rows: pgTable('rows', { ...unchanged(), ...columns }, () => extras),
});

/** How the change would be applied, as drizzle-kit writes it. */
async function planChange(before: object, after: object) {
  const first = generateDrizzleJson({ ...before });
  const statements = await generateMigration(first, generateDrizzleJson({ ...after }, first.id));
  const { steps, problems } = planMigration(readMigration('next', 1, statements.join('--> statement-breakpoint')));
  return { steps: steps.map(({ name }) => name), problems: problems.map(({ problem }) => problem) };
}

const inWords = (column: string, ...words: string[]) =>
  check('known', sql.raw(`${column} in ('${words.join("', '")}')`));

describe('a change of a table that drizzle-kit writes', () => {
  const added = (column: PgColumnBuilderBase) => [rows(), rows({ c: column })] as const;

  test.each([
    ['a column', added(text('c')), ['transaction']],
    ['a required column with a default', added(text('c').array().notNull().default([])), ['transaction']],
    ['a required time', added(timestamp('c').notNull().defaultNow()), ['transaction']],
    ['an index', [rows(), rows({}, [index('i').on(sql`lower(a)`)])], ['create index i']],
    ['a unique index', [rows(), rows({}, [uniqueIndex('i').on(sql`a`)])], ['create index i']],
    ['the removal of an index', [rows({}, [index('i').on(sql`a`)]), rows()], ['drop index i']],
    ['a check', [rows(), rows({}, [inWords('a', 'x')])], ['transaction', 'validate rows.known']],
    [
      'a check with more words',
      [rows({}, [inWords('a', 'x')]), rows({}, [inWords('a', 'x', 'y')])],
      ['transaction', 'validate rows.known'],
    ],
    [
      'a foreign key',
      added(uuid('c').references(() => others.id)),
      ['transaction', 'validate rows.rows_c_others_id_fk'],
    ],
    [
      'a column that becomes required',
      [rows(), rows({ a: text('a').notNull() })],
      ['transaction', 'validate rows.rows_a_is_set', 'not null'],
    ],
    ['a column that is not required any more', [rows({ a: text('a').notNull() }), rows()], ['transaction']],
    ['another default', [rows(), rows({ a: text('a').default('x') })], ['transaction']],
    ['a table', [{ others }, rows({ c: serial('c').unique() }, [index('i').on(sql`a`)])], ['transaction']],
  ])('is applied without blocking: %s', async (_, [before, after], steps) => {
    expect(await planChange(before, after)).toEqual({ steps, problems: [] });
  });

  test.each([
    ['a random default', added(uuid('c').defaultRandom()), 'may differ from row to row'],
    ['a required column without a default', added(text('c').notNull()), 'give it a default'],
    ['a numbered column', added(serial('c')), 'reads or rewrites'],
    ['an identity', added(integer('c').generatedAlwaysAsIdentity()), 'reads or rewrites'],
    ['a computed column', added(integer('c').generatedAlwaysAs(sql`1`)), 'reads or rewrites'],
    ['a unique constraint', [rows(), rows({ a: text('a').unique() })], 'use a unique index'],
    ['another type', [rows(), rows({ b: text('b') })], 'rewrites the table'],
    ['the removal of a column', [rows({ c: text('c') }), rows()], 'previous version still uses it'],
    ['the removal of a table', [rows(), { others }], 'previous version still uses it'],
    [
      'another index of the same name',
      [rows({}, [index('i').on(sql`a`)]), rows({}, [index('i').on(sql`b`)])],
      'another name',
    ],
    ['an enum', [rows(), { ...rows(), e: pgEnum('e', ['x']) }], 'how it locks is not known'],
  ])('is refused: %s', async (_, [before, after], problem) => {
    expect((await planChange(before, after)).problems).toContainEqual(expect.stringContaining(problem));
  });
});

describe('a statement that a person writes', () => {
  const planOf = (...statements: string[]) =>
    planMigration(readMigration('next', Number.MAX_SAFE_INTEGER, statements.join('--> statement-breakpoint')));
  const RANGE = `BETWEEN '${FIRST_KEY}' AND '${LAST_KEY}'`;

  test.each([
    `-- Why.\nUPDATE "rows" SET "a" = 'x' WHERE "rows"."id" ${RANGE} AND "a" IS NULL`,
    `INSERT INTO "new" ("id") SELECT "id" FROM "rows" WHERE "rows"."id" ${RANGE} ON CONFLICT DO NOTHING`,
    `DELETE FROM "rows" WHERE "rows"."id" ${RANGE} AND "a" = 'x'`,
  ])('runs in batches: %j', (statement) => {
    const { steps, problems } = planOf(statement);
    expect(problems).toEqual([]);
    expect(steps).toEqual([{ kind: 'batches', name: 'batches 1', table: 'rows', column: 'id', statement }]);
  });

  test.each([
    ['UPDATE "rows" SET "a" = \'x\'', 'in batches'],
    ['DELETE FROM "rows"', 'in batches'],
    ['INSERT INTO "new" SELECT "id" FROM "rows"', 'in batches'],
    ['VACUUM FULL "rows"', 'not known'],
    ['CLUSTER "rows" USING "rows_pkey"', 'not known'],
    ['REINDEX TABLE "rows"', 'not known'],
    ['ALTER TABLE "rows" RENAME COLUMN "a" TO "c"', 'previous version'],
    ['ALTER TABLE "rows" ADD COLUMN "c" text REFERENCES "others"("id")', 'reads or rewrites'],
  ])('is refused: %s', (statement, problem) => {
    expect(planOf(statement).problems).toEqual([{ statement, problem: expect.stringContaining(problem) }]);
  });

  test('locks a table as strongly as the strongest statement needs, in the order of names', () => {
    const [step] = planOf(
      'ALTER TABLE "rows" ADD CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "public"."others"("id")',
      'ALTER TABLE "rows" ADD COLUMN "c" text',
      'CREATE TRIGGER "t" AFTER UPDATE OF "a" ON "again" FOR EACH ROW EXECUTE FUNCTION "f"()',
    ).steps;
    expect(step).toMatchObject({
      locks: [
        { table: 'again', mode: 'SHARE ROW EXCLUSIVE' },
        { table: 'others', mode: 'SHARE ROW EXCLUSIVE' },
        { table: 'rows', mode: 'ACCESS EXCLUSIVE' },
      ],
    });
  });
});
