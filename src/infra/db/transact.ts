import type { Log } from '../../core/log.ts';
import type { Db } from './client.ts';

/** Work for after the commit: telling other replicas, waking a worker, writing a log line. */
export type Effect = () => void | Promise<void>;

/** A transaction that collects effects to run after its commit. */
export type Tx = Db & { after(effect: Effect): void };

export interface Transact {
  /** Runs the work in a transaction and, once it has committed, its effects in the order in which they were added. */
  <T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same in the caller's transaction, if there is one. */
  within<T>(db: Db | Tx, work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * How services write. An effect that fails cannot undo the commit, so the failure is logged and the result is returned.
 * The database has everything that matters; effects only announce it sooner.
 */
export function createTransact({ db, log }: { db: Db; log: Log }): Transact {
  async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const effects: Effect[] = [];
    const result = await db.transaction((inner) =>
      work(Object.assign(inner, { after: (effect: Effect) => void effects.push(effect) })),
    );
    for (const effect of effects) {
      try {
        await effect();
      } catch (error) {
        log.error(
          { reason: error instanceof Error ? error.name : 'unknown' },
          'an effect of a committed change failed',
        );
      }
    }
    return result;
  }

  const within = <T>(db: Db | Tx, work: (tx: Tx) => Promise<T>) => (isTx(db) ? work(db) : transact(work));
  return Object.assign(transact, { within });
}

/** Runs the effect after the commit, or at once outside a transaction, where each statement commits by itself. */
export function afterCommit(db: Db | Tx, effect: () => void): void {
  if (isTx(db)) db.after(effect);
  else effect();
}

const isTx = (db: Db | Tx): db is Tx => 'after' in db;
