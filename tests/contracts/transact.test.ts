import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/infra/db/client.ts';
import { afterCommit, createTransact, type Transact } from '../../src/infra/db/transact.ts';
import { embeddedDatabase, type FreshDatabase, freshDatabase, openPostgresDatabase } from '../support/databases.ts';
import { type LogLine, recordingLog } from '../support/log.ts';
import { describePostgres, postgresServer } from '../support/servers.ts';

function describeTransact(connect: () => Promise<Database>) {
  let database: Database;
  let transact: Transact;
  let logged: LogLine[];

  beforeAll(async () => {
    database = await connect();
    const { log, lines } = recordingLog();
    logged = lines;
    transact = createTransact({ db: database.db, log });
    // The foreign key is checked at the commit.
    await database.db.execute(
      sql`create table nodes (id int primary key, next int references nodes deferrable initially deferred)`,
    );
  });
  afterAll(() => database.close());

  const count = async (id: number) =>
    (await database.db.select({ id: sql<number>`id` }).from(sql`nodes`).where(sql`id = ${id}`)).length;

  test('effects run after the commit, in the order in which they were added', async () => {
    const seen: (string | number)[] = [];
    const result = await transact(async (tx) => {
      await tx.execute(sql`insert into nodes values (1, null)`);
      tx.after(async () => void seen.push(await count(1)));
      afterCommit(tx, () => void seen.push('second'));
      seen.push('work');
      return 'done';
    });
    expect(result).toBe('done');
    expect(seen).toEqual(['work', 1, 'second']);
  });

  test('effects do not run when the commit fails', async () => {
    let ran = false;
    const failing = transact(async (tx) => {
      await tx.execute(sql`insert into nodes values (2, 99)`);
      tx.after(() => {
        ran = true;
      });
    });
    await expect(failing).rejects.toThrow();
    expect(ran).toBe(false);
    expect(await count(2)).toBe(0);
  });

  test('effects do not run when the work throws', async () => {
    let ran = false;
    const failing = transact(async (tx) => {
      tx.after(() => {
        ran = true;
      });
      throw new Error('the work failed');
    });
    await expect(failing).rejects.toThrow('the work failed');
    expect(ran).toBe(false);
  });

  test('a failing effect is logged, the others run, and the result is returned', async () => {
    let ran = false;
    const result = await transact(async (tx) => {
      tx.after(() => Promise.reject(new TypeError('secret')));
      tx.after(() => {
        ran = true;
      });
      return 'done';
    });
    expect([result, ran]).toEqual(['done', true]);
    expect(JSON.parse(logged.at(-1) ?? '')).toMatchObject({ level: 'error', reason: 'TypeError' });
    expect(logged.join()).not.toContain('secret');
  });

  test('nested work joins the transaction, and its effects wait for the outer commit', async () => {
    const seen: string[] = [];
    await transact(async (tx) => {
      await transact.within(tx, async (inner) => inner.after(() => void seen.push('effect')));
      seen.push('outer work');
    });
    expect(seen).toEqual(['outer work', 'effect']);
  });

  test('effects outside a transaction run at once', () => {
    let ran = false;
    afterCommit(database.db, () => {
      ran = true;
    });
    expect(ran).toBe(true);
  });
}

describe('Transact on PGlite', () => describeTransact(embeddedDatabase));

describePostgres('Transact on PostgreSQL', () => {
  const databases: FreshDatabase[] = [];
  describeTransact(async () => {
    const fresh = await freshDatabase(await postgresServer(), { migrated: false });
    databases.push(fresh);
    return openPostgresDatabase(fresh.url);
  });
  afterAll(async () => void (await Promise.all(databases.map(({ drop }) => drop()))));
});
