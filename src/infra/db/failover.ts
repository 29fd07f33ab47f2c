import type { PostgresHost, PostgresTarget } from '../../config.ts';
import { monotonic, SECOND } from '../../core/clock.ts';
import { type Connection, type ConnectionOptions, openConnection } from './connection.ts';
import { classifyOutage } from './outage.ts';
import { isReadOnly, NO_PRIMARY, READ_ONLY } from './read-only.ts';

/** Milliseconds for which a host that failed is tried after the others. */
const AVOIDED_FOR = 10 * SECOND;

/** The hosts of DATABASE_URL, in the order in which to try them. All connections of a pool share it. */
export interface HostOrder {
  inOrder(): PostgresHost[];
  failed(host: PostgresHost): void;
}

export function createHostOrder({ hosts, isBalanced }: PostgresTarget, random = Math.random): HostOrder {
  const failedAt = new Map<PostgresHost, number>();
  const isAvoided = (host: PostgresHost) =>
    monotonic() - (failedAt.get(host) ?? Number.NEGATIVE_INFINITY) < AVOIDED_FOR;
  return {
    inOrder() {
      const order = isBalanced
        ? hosts.map((host) => ({ host, key: random() })).sort((a, b) => a.key - b.key)
        : hosts.map((host) => ({ host }));
      const all = order.map(({ host }) => host);
      return [...all.filter((host) => !isAvoided(host)), ...all.filter(isAvoided)];
    },
    failed: (host) => void failedAt.set(host, monotonic()),
  };
}

interface Options {
  order: HostOrder;
  needsPrimary: boolean;
  open(host: PostgresHost): Connection;
}

const QUESTION = `select ${READ_ONLY} as "readOnly"`;

/**
 * A connection to the first host that is up and, if needed, a primary. Hosts are tried when it is first used. A server
 * that refuses the user or the database is not passed over: the others would refuse them, too (as in libpq).
 */
export function openToOneOf({ order, needsPrimary, open }: Options): Connection {
  let current: Connection | undefined;
  let isLost = false;
  let connecting: Promise<Connection> | undefined;

  async function isSuitable(connection: Connection): Promise<boolean> {
    const [row] = await connection.query(QUESTION, []);
    return !needsPrimary || row?.readOnly !== 'on';
  }

  async function connect(): Promise<Connection> {
    let problem: unknown;
    for (const host of order.inOrder()) {
      current = open(host);
      try {
        if (await isSuitable(current)) return current;
        problem = Object.assign(new Error('no server takes writes'), { code: NO_PRIMARY });
      } catch (error) {
        if (isLost || classifyOutage(error) === undefined) throw error;
        // That another server is read-only says more.
        if (!isReadOnly(problem)) problem = error;
      }
      order.failed(host);
      void current.close(0);
      if (isLost) break;
    }
    throw problem;
  }

  const ready = (): Promise<Connection> => {
    connecting ??= connect().catch((error: unknown) => {
      isLost = true;
      throw error;
    });
    return connecting;
  };

  return {
    get isLost() {
      return isLost || (connecting !== undefined && (current?.isLost ?? false));
    },
    query: async (text, parameters) => (await ready()).query(text, parameters),
    values: async (text, parameters) => (await ready()).values(text, parameters),
    transaction: async (work) => (await ready()).transaction(work),
    async close(timeout) {
      if (timeout === 0) isLost = true;
      await current?.close(timeout);
    },
  };
}

/** How a pool opens its connections. */
export function createOpener({ target, ...options }: Omit<ConnectionOptions, 'host'>): () => Connection {
  const order = createHostOrder(target);
  const open = (host: PostgresHost) => openConnection({ ...options, target, host });
  const [only, ...others] = target.hosts;
  return () =>
    only && others.length === 0 && !target.needsPrimary
      ? open(only)
      : openToOneOf({ order, needsPrimary: target.needsPrimary, open });
}
