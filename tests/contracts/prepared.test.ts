import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database, Db } from '../../src/infra/db/client.ts';
import { preparedOnce, toPlaceholders, toValues } from '../../src/infra/db/prepared.ts';
import { rateLimits } from '../../src/infra/db/tables.ts';
import { embeddedDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

let preparations = 0;
const insertion = preparedOnce((db) => {
  preparations += 1;
  return db
    .insert(rateLimits)
    .values({ ...toPlaceholders('row', 'name', 'key', 'resetsAt'), consumed: 1 })
    .prepare('insert_for_test');
});
const insert = (db: Db, key: string) =>
  insertion(db).execute(toValues({ row: { name: 'prepared', key, resetsAt: new Date(0) } }));
const readKeys = async (db: Db): Promise<string[]> => {
  const rows = await db
    .select({ key: rateLimits.key })
    .from(rateLimits)
    .where(sql`name = 'prepared'`)
    .orderBy(rateLimits.key);
  return rows.map(({ key }) => key);
};

function describePrepared(open: () => Promise<Database>): void {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  test('takes part in a transaction, even if it was prepared outside one', async () => {
    const { db } = database;
    await insert(db, 'before');
    await db.transaction((tx) => insert(tx, 'kept'));
    const undone = db.transaction(async (tx) => {
      await insert(tx, 'undone');
      await tx.transaction((inner) => insert(inner, 'undone, too'));
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await insert(db, 'later');
    expect(await readKeys(db)).toEqual(['before', 'kept', 'later']);
  });

  test('is prepared once', async () => {
    const before = preparations;
    await insert(database.db, 'once');
    await database.db.transaction((tx) => insert(tx, 'twice'));
    expect(preparations).toBe(before);
  });
}

describe('a prepared query, embedded', () => describePrepared(embeddedDatabase));

describePostgres('a prepared query, on PostgreSQL', () =>
  describePrepared(async () => {
    const { url, drop } = await freshDatabase(await postgresServer());
    const opened = await openPostgresDatabase(url);
    return { ...opened, close: () => opened.close().then(drop) };
  }),
);
