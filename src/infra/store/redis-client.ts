import { monotonic, SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import { type Client, type ConnectionOptions, FIRST_RETRY } from './redis-clients.ts';
import { REVOKED_CHANNEL } from './redis-commands.ts';
import { type Connection, connect, TimedOut, withinDeadline } from './redis-connection.ts';
import { locate } from './redis-location.ts';
import { isRefusal } from './redis-reasons.ts';
import type { DirectServers, RedisServers } from './redis-servers.ts';

/**
 * The Redis commands that the service uses. Each takes at most 300 ms or throws Unavailable. None is queued for later.
 */
export interface Redis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  del(key: string): Promise<number>;
  /** Announces to all replicas. Returns at once and never throws. Announcements made while Redis is down are lost. */
  announce(message: string): void;
  /** Sets the one listener for announcements. Those made while Redis is down are missed. */
  listen(onMessage: (message: string) => void): void;
  /** Whether Redis executed the commands of the last check. */
  isUp(): boolean;
  /** Host and port of the servers in use. */
  nodes(): readonly string[];
  /** Why Redis cannot be used. Undefined while it is up. */
  problem(): unknown;
  close(): Promise<void>;
}

export interface RedisOptions extends ConnectionOptions {
  servers: RedisServers;
  /** Called when Redis goes down or comes back, and at once if it is down at startup. */
  onChange?: (up: boolean, redis: Pick<Redis, 'nodes' | 'problem'>) => void;
}

/** Milliseconds between two checks. */
const WATCH_INTERVAL = 150;
/** Milliseconds of silence until the client is replaced: a cluster client may wait for a node that failed over. */
const GIVE_UP_CLIENT = 10 * SECOND;
/** Milliseconds to wait for the first connection. */
const OPEN_DEADLINE = 1_500;
/**
 * A server that refuses a command this soon after it passed a check is not used for this many milliseconds: the check misses
 * the reason, and would otherwise bring Redis back at once, again and again.
 */
const [SOON, REST] = [10 * SECOND, 5 * SECOND];

/** Resolves when Redis can be used, or after 1.5 seconds; then keeps trying in the background. Never rejects. */
export async function openRedis(options: RedisOptions): Promise<Redis> {
  let onMessage: (message: string) => void = () => {};
  const location = locate(options.servers, options);
  let found: DirectServers | undefined;
  let connection: Connection | undefined;
  let problem: unknown = new Error('not connected');
  let up = false;
  let lastUpAt = monotonic();
  let cameUpAt = Number.NEGATIVE_INFINITY;
  let restsUntil = Number.NEGATIVE_INFINITY;
  let opened = false;
  let closed = false;
  const state = { nodes: () => connection?.client.nodes() ?? [], problem: () => problem };

  const setProblem = (next: unknown) => {
    problem = next;
    const isUp = next === undefined;
    if (isUp) lastUpAt = monotonic();
    if (isUp === up || closed) return;
    up = isUp;
    if (up) cameUpAt = monotonic();
    if (opened) options.onChange?.(up, state);
  };

  const use = (servers: DirectServers) => {
    connection?.close();
    connection = connect(servers, options, (message) => onMessage(message));
    lastUpAt = monotonic();
  };

  const watch = async () => {
    const next = await location.find(up);
    if (closed) return;
    if (next && next !== found) use(next);
    found = next;
    if (!connection) return setProblem(new Error('no sentinel names the master'));
    const foundProblem = await connection.findProblem(!up);
    if (foundProblem !== undefined || monotonic() >= restsUntil) setProblem(foundProblem);
    if (!up && monotonic() - lastUpAt > GIVE_UP_CLIENT && !closed) use(connection.client.servers());
  };
  let timer: NodeJS.Timeout | undefined;
  const watchAndReschedule = async () => {
    await watch();
    if (!closed) timer = setTimeout(watchAndReschedule, WATCH_INTERVAL).unref();
  };

  /** Marks Redis as down for all callers, so that a request waits for a hung Redis only once. */
  const onFailure = (error: unknown) => {
    const refused = isRefusal(error);
    if (!refused && !(error instanceof TimedOut)) return;
    if (up && refused && monotonic() - cameUpAt < SOON) restsUntil = monotonic() + REST;
    setProblem(error);
  };

  const run = async <T>(command: (client: Client) => Promise<T>): Promise<T> => {
    const used = connection;
    if (!up || !used) throw new Unavailable('store');
    try {
      return await withinDeadline(command(used.client), options.deadline);
    } catch (error) {
      if (used === connection) onFailure(error);
      throw new Unavailable('store', { cause: error });
    }
  };

  const openDeadline = monotonic() + OPEN_DEADLINE;
  do await watch();
  while (!up && monotonic() < openDeadline && (await pause(FIRST_RETRY)));
  opened = true;
  if (!up) options.onChange?.(false, state);
  void watchAndReschedule();

  return {
    ...state,
    eval: (script, parameters) => run((client) => client.eval(script, parameters)),
    del: (key) => run((client) => client.del(key)),
    announce(message) {
      run((client) => client.publish(REVOKED_CHANNEL, message)).catch(() => {});
    },
    listen(listener) {
      onMessage = listener;
    },
    isUp: () => up,
    async close() {
      closed = true;
      up = false;
      clearTimeout(timer);
      location.close();
      connection?.close();
    },
  };
}

const pause = (milliseconds: number) => new Promise<true>((resolve) => setTimeout(resolve, milliseconds, true));
