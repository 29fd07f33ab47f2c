import type { HashQueue } from '../../src/features/credentials/hash-queue.ts';
import type { HashLimits } from '../../src/features/credentials/hash-scheduler.ts';

export type OpenHashQueue = (limits: HashLimits) => HashQueue;

export const NETWORK = '192.0.2.1';

/** Work that ends when the test says so. */
export function createWork() {
  const started: number[] = [];
  const ends = new Map<number, (how: 'success' | 'failure') => void>();
  const work = (name: number) => () => {
    started.push(name);
    return new Promise<number>((resolve, reject) => {
      ends.set(name, (how) => (how === 'success' ? resolve(name) : reject(new Error(`${name} failed`))));
    });
  };
  return { started, work, end: (name: number, how: 'success' | 'failure' = 'success') => ends.get(name)?.(how) };
}

/** Lets the operations of this turn of the event loop run. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/** An operation that only hashes. */
export const hashOnly = (queue: HashQueue, hash: () => Promise<number>) => queue.admit(NETWORK, () => queue.run(hash));
