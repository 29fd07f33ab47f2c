import { monotonic } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import { outageOf } from './outage.ts';

/** What the pool must know of a connection. */
export interface Pooled {
  /** It cannot be used any more. */
  readonly isLost: boolean;
  /** Ends it. @param patience milliseconds for work that still runs on it; then, or at 0 at once, that work fails */
  close(patience: number): Promise<void>;
}

interface Options<Connection> {
  /** Does not connect yet: the first work does. */
  open(): Connection;
  /** How much work runs at once, each on a connection of its own. */
  size: number;
  /** Milliseconds to wait for a place. */
  patience: number;
  /** Milliseconds that work may take; its connection is then given up. Undefined: any time. */
  deadline: number | undefined;
  /** Milliseconds after which a connection is replaced, so that a failover or a new DNS answer is noticed. */
  lifetime: number;
}

export type Pool<Connection extends Pooled> = ReturnType<typeof createPool<Connection>>;

/**
 * Lends connections, one piece of work at a time each. Whoever gets none in time, or no answer, is told so by an
 * Unavailable. A connection that was lost, or whose work ran into the deadline, is never lent again.
 */
export function createPool<Connection extends Pooled>(options: Options<Connection>) {
  const { open, size, patience, deadline, lifetime } = options;
  const idle: Connection[] = [];
  const busy = new Set<Connection>();
  const bornAt = new WeakMap<Connection, number>();
  const waiting = new Set<() => void>();
  let places = size;
  let closed = false;

  function enter(): Promise<void> | undefined {
    if (closed) throw new Unavailable('database', { cause: new Error('the pool is closed') });
    if (places > 0) {
      places -= 1;
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
  }

  function leave(): void {
    const [next] = waiting;
    if (next) next();
    else places += 1;
  }

  const isGood = (connection: Connection): boolean =>
    !closed && !connection.isLost && monotonic() - (bornAt.get(connection) ?? 0) < lifetime;

  function take(): Connection {
    let connection = idle.pop();
    while (connection && !isGood(connection)) {
      void connection.close(0);
      connection = idle.pop();
    }
    if (!connection) {
      connection = open();
      bornAt.set(connection, monotonic());
    }
    busy.add(connection);
    return connection;
  }

  function giveBack(connection: Connection, isSound: boolean): void {
    busy.delete(connection);
    if (isSound && isGood(connection)) idle.push(connection);
    else void connection.close(0);
    leave();
  }

  async function lend<T>(work: (connection: Connection) => PromiseLike<T>): Promise<T> {
    await enter();
    const connection = take();
    let isSound = true;
    try {
      return await within(deadline, async () => await work(connection));
    } catch (error) {
      const outage = error instanceof Late ? 'broken' : outageOf(error);
      isSound = outage !== 'broken';
      throw outage ? new Unavailable('database', { cause: error }) : error;
    } finally {
      giveBack(connection, isSound);
    }
  }

  return {
    lend,

    /** Refuses new work and ends every connection. @param patience milliseconds for work that still runs */
    async close(patience: number): Promise<void> {
      closed = true;
      await Promise.all([...idle.splice(0), ...busy].map((connection) => connection.close(patience)));
    },
  };
}

class Late extends Error {}

async function within<T>(deadline: number | undefined, work: () => Promise<T>): Promise<T> {
  if (deadline === undefined) return work();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`no answer within ${deadline} ms`)), deadline);
  });
  const running = work();
  running.catch(() => {}); // When the deadline wins, nobody else is left to hear how it ended.
  return Promise.race([running, late]).finally(() => clearTimeout(timer));
}
