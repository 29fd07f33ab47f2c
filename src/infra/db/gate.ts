import { Unavailable } from '../../core/problems.ts';

/** Lets work at the database through, or throws Unavailable. */
export type Gate = <T>(work: () => PromiseLike<T>) => Promise<T>;

interface Options {
  /** How much runs at once: the size of the pool. */
  places: number;
  /** Milliseconds to wait for a place. */
  patience: number;
  /** Milliseconds that work may take before its caller is told that the database does not answer. */
  deadline: number;
}

/**
 * The driver queues without bound and without end. This queue is short-tempered: whoever gets no connection in time
 * is told so. Work that passes the deadline keeps its place until it ends, because its connection is still taken.
 */
export function createGate({ places, patience, deadline }: Options): Gate {
  let free = places;
  const waiting = new Set<() => void>();

  const enter = (): Promise<void> | undefined => {
    if (free > 0) {
      free -= 1;
      return undefined;
    }
    return new Promise((resolve, reject) => {
      const admit = () => {
        clearTimeout(timer);
        waiting.delete(admit);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(admit);
        reject(new Unavailable('database', { cause: new Error(`no free connection within ${patience} ms`) }));
      }, patience);
      waiting.add(admit);
    });
  };

  const leave = () => {
    const [next] = waiting;
    if (next) next();
    else free += 1;
  };

  return async (work) => {
    await enter();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Unavailable('database', { cause: new Error(`over ${deadline} ms`) })),
        deadline,
      );
    });
    const running = (async () => await work())().finally(() => {
      clearTimeout(timer);
      leave();
    });
    running.catch(() => {}); // When the deadline wins, nobody else is left to hear how it ended.
    try {
      return await Promise.race([running, late]);
    } catch (error) {
      throw isOutage(error) ? new Unavailable('database', { cause: error }) : error;
    }
  };
}

/** PostgreSQL's SQLSTATE classes 08 and 57P, and what the driver calls a lost connection. */
const OUTAGES = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  '53300', // too many connections
  '57014', // statement timeout
  '55P03', // lock timeout
  '25P03', // idle in transaction
]);

function isOutage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return OUTAGES.has(code) || code.startsWith('08') || code.startsWith('57P');
}
