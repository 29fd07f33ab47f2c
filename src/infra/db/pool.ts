import { monotonic } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import { classifyOutage } from './outage.ts';
import { createPoolSlots } from './pool-slots.ts';

/** What the pool requires of a connection. */
export interface Pooled {
  /** Whether it can no longer be used. */
  readonly isLost: boolean;
  /** Closes it. @param timeout milliseconds before work that is still running on it fails */
  close(timeout: number): Promise<void>;
}

export interface PoolUsage {
  /** Connections that may be in use at once. */
  size: number;
  used: number;
  /** Callers that wait for a connection. */
  waiting: number;
  /** Callers that got no connection in time so far. */
  refused: number;
}

export interface Pool<Connection extends Pooled> {
  /**
   * Runs the work on a connection that it does not share. Throws Unavailable if no connection is free in time, the
   * database does not respond, or the work takes too long. A broken or overdue connection is not used again.
   */
  lend<T>(work: (connection: Connection) => PromiseLike<T>): Promise<T>;
  usage(): PoolUsage;
  /** Refuses new work and closes every connection. @param timeout milliseconds before running work fails */
  close(timeout: number): Promise<void>;
}

interface Options<Connection> {
  /** Creates a connection, which connects on first use. */
  open(): Connection;
  /** The maximum number of connections in use at once. */
  size: number;
  /** Milliseconds to wait for a free connection. */
  acquisitionTimeout: number;
  /** Milliseconds that work may take before its connection is closed. Undefined: no limit. */
  deadline: number | undefined;
  /** Milliseconds after which a connection is replaced, to follow a failover or a DNS change. */
  lifetime: number;
}

export function createPool<Connection extends Pooled>(options: Options<Connection>): Pool<Connection> {
  const { open, size, acquisitionTimeout, deadline, lifetime } = options;
  const slots = createPoolSlots({ size, timeout: acquisitionTimeout });
  const idle: Connection[] = [];
  const busy = new Set<Connection>();
  const openedAt = new WeakMap<Connection, number>();
  let closed = false;

  const isUsable = (connection: Connection): boolean =>
    !closed && !connection.isLost && monotonic() - (openedAt.get(connection) ?? 0) < lifetime;

  function take(): Connection {
    let connection = idle.pop();
    while (connection && !isUsable(connection)) {
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

  function giveBack(connection: Connection, isIntact: boolean): void {
    busy.delete(connection);
    if (isIntact && isUsable(connection)) idle.push(connection);
    else void connection.close(0);
    slots.release();
  }

  return {
    async lend(work) {
      if (closed) throw new Unavailable('database', { cause: new Error('the pool is closed') });
      await slots.acquire();
      const connection = take();
      let isIntact = true;
      try {
        return await withDeadline(deadline, async () => await work(connection));
      } catch (error) {
        const outage = error instanceof DeadlineExceeded ? 'broken' : classifyOutage(error);
        isIntact = outage !== 'broken';
        throw outage ? new Unavailable('database', { cause: error }) : error;
      } finally {
        giveBack(connection, isIntact);
      }
    },

    usage: () => ({ size, used: busy.size, waiting: slots.waiting, refused: slots.refused }),

    async close(timeout) {
      closed = true;
      await Promise.all([...idle.splice(0), ...busy].map((connection) => connection.close(timeout)));
    },
  };
}

class DeadlineExceeded extends Error {}

async function withDeadline<T>(deadline: number | undefined, work: () => Promise<T>): Promise<T> {
  if (deadline === undefined) return work();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineExceeded(`no response within ${deadline} ms`)), deadline);
  });
  const running = work();
  running.catch(() => {}); // After the deadline, no caller handles the error.
  return Promise.race([running, late]).finally(() => clearTimeout(timer));
}
