import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Db } from '../../src/infra/db/client.ts';
import { rows } from './rows.ts';

/** Begins a transaction that stays open after its first statement, with the locks of that statement. */
export function hold(db: Db, statement: (tx: Db) => PromiseLike<unknown>) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let committed: Promise<unknown> = released;
  const begun = new Promise<void>((resolve, reject) => {
    committed = db.transaction(async (tx) => {
      await statement(tx);
      resolve();
      await released;
    });
    committed.catch(reject);
  });
  const commit = () => {
    release();
    return committed;
  };
  return { begun, commit };
}

/** Waits until at least so many connections to this database wait for a lock. */
export const untilWaiting = (db: Db, connections: number) =>
  expect
    .poll(async () => {
      const [found] = await rows<{ n: number }>(
        db,
        sql`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return found?.n;
    })
    .toBeGreaterThanOrEqual(connections);
