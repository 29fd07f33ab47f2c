import type { Log } from '../../core/log.ts';
import type { Db } from './client.ts';

/** Work for after the commit: telling other replicas, waking a worker, writing a log line. */
export type Effect = () => void | Promise<void>;

/** A transaction, or a statement that commits by itself, and what follows its commit. */
export type Tx = Db & {
  /** Runs once the transaction has committed; never after a rollback. */
  after(effect: Effect): void;
};

export interface Transactions {
  /** Runs the work in one transaction, then its effects in the order in which they were added. */
  <T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same without BEGIN and COMMIT, for work that is a single statement. */
  single<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * The only way to write. An effect that fails cannot undo the commit, so it is logged and the outcome stands: everything
 * that matters is in the database already, and effects only make it known sooner.
 */
export function createTransactions({ db, log }: { db: Db; log: Log }): Transactions {
  async function run<T>(begin: (work: (db: Db) => Promise<T>) => Promise<T>, work: (tx: Tx) => Promise<T>): Promise<T> {
    const effects: Effect[] = [];
    const result = await begin((inner) => work(withEffects(inner, effects)));
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

  return Object.assign(<T>(work: (tx: Tx) => Promise<T>) => run<T>((inner) => db.transaction(inner), work), {
    single: <T>(work: (tx: Tx) => Promise<T>) => run<T>((inner) => inner(db), work),
  });
}

/** A view on the transaction, so that two pieces of work on one connection pool never share effects. */
const withEffects = (db: Db, effects: Effect[]): Tx =>
  Object.create(db, { after: { value: (effect: Effect) => void effects.push(effect) } });
