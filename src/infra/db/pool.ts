import { monotonic } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import { outageOf } from './outage.ts';
import { createPoolPlaces } from './pool-places.ts';

/** What the pool must know of a connection. */
export interface Pooled {
  /** Whether it can no longer be used. */
  readonly isLost: boolean;
  /** Ends it. @param timeout milliseconds for work that still runs on it; then, or at 0 at once, that work fails */
  close(timeout: number): Promise<void>;
}

export interface Pool<Connection extends Pooled> {
  /**
   * Runs the work on a connection of its own. Throws Unavailable if no connection is free in time, the database does not
   * answer, or the work takes too long; a lost or late connection is not used again.
   */
  lend<T>(work: (connection: Connection) => PromiseLike<T>): Promise<T>;
  /** Refuses new work and ends every connection. @param timeout milliseconds for work that still runs */
  close(timeout: number): Promise<void>;
}

interface Options<Connection> {
  /** Does not connect yet: the first work does. */
  open(): Connection;
  /** How many connections are in use at once. */
  size: number;
  /** Milliseconds to wait for a free connection. */
  acquisitionTimeout: number;
  /** Milliseconds that work may take; its connection is then given up. Undefined: any time. */
  deadline: number | undefined;
  /** Milliseconds after which a connection is replaced, so that a failover or a new DNS answer is noticed. */
  lifetime: number;
}

export function createPool<Connection extends Pooled>(options: Options<Connection>): Pool<Connection> {
  const { open, size, acquisitionTimeout, deadline, lifetime } = options;
  const places = createPoolPlaces({ size, timeout: acquisitionTimeout });
  const idle: Connection[] = [];
  const busy = new Set<Connection>();
  const openedAt = new WeakMap<Connection, number>();
  let closed = false;

  const isGood = (connection: Connection): boolean =>
    !closed && !connection.isLost && monotonic() - (openedAt.get(connection) ?? 0) < lifetime;

  function take(): Connection {
    let connection = idle.pop();
    while (connection && !isGood(connection)) {
      void connection.close(0);
      connection = idle.pop();
    }
    if (!connection) {
      connection = open();
      openedAt.set(connection, monotonic());
    }
    busy.add(connection);
    return connection;
  }

  function giveBack(connection: Connection, isSound: boolean): void {
    busy.delete(connection);
    if (isSound && isGood(connection)) idle.push(connection);
    else void connection.close(0);
    places.free();
  }

  return {
    async lend(work) {
      if (closed) throw new Unavailable('database', { cause: new Error('the pool is closed') });
      await places.take();
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
    },

    async close(timeout) {
      closed = true;
      await Promise.all([...idle.splice(0), ...busy].map((connection) => connection.close(timeout)));
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
  running.catch(() => {}); // If the deadline wins, no caller is left to see the error.
  return Promise.race([running, late]).finally(() => clearTimeout(timer));
}
