import { monotonic, SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';
import {
  type Client,
  type ConnectionOptions,
  connect,
  FIRST_RETRY,
  TimedOut,
  withinDeadline,
} from './redis-connection.ts';

/**
 * The Redis commands that the service uses. Each takes at most 300 ms or throws Unavailable. None is queued for later.
 */
export interface Redis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  del(key: string): Promise<number>;
  /** Returns at once and never throws. Messages published while Redis is down are lost. */
  publish(channel: string, message: string): void;
  /** Subscribes to the channel. Messages published while Redis is down are missed. */
  listen(channel: string, onMessage: (message: string) => void): void;
  /** Whether Redis responded to the last check. */
  isUp(): boolean;
  close(): Promise<void>;
}

export interface RedisOptions extends ConnectionOptions {
  /** Called when Redis goes down or comes back, and at once if it is down at startup. */
  onChange?: (up: boolean) => void;
}

/** Milliseconds between two checks. */
const WATCH_INTERVAL = 150;
/** Milliseconds of silence until the client is replaced: a cluster client may wait for a node that failed over. */
const GIVE_UP_CLIENT = 10 * SECOND;
/** Milliseconds to wait for the first connection. */
const OPEN_DEADLINE = 1_500;

/** Resolves when Redis responds, or after 1.5 seconds; then keeps trying in the background. Never rejects. */
export async function openRedis(options: RedisOptions): Promise<Redis> {
  const listeners = new Map<string, (message: string) => void>();
  let connection = connect(options, listeners);
  let up = false;
  let lastUpAt = monotonic();
  let opened = false;
  let closed = false;

  const setIsUp = (next: boolean) => {
    if (next) lastUpAt = monotonic();
    if (next === up || closed) return;
    up = next;
    if (opened) options.onChange?.(up);
  };

  const watch = async () => {
    setIsUp(await connection.isResponding());
    if (!up && monotonic() - lastUpAt > GIVE_UP_CLIENT && !closed) {
      lastUpAt = monotonic();
      connection.close();
      connection = connect(options, listeners);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const watchAndReschedule = async () => {
    await watch();
    if (!closed) timer = setTimeout(watchAndReschedule, WATCH_INTERVAL).unref();
  };

  /** A missed deadline marks Redis as down for all callers, so that a request waits for a hung Redis only once. */
  const run = async <T>(command: (client: Client) => Promise<T>): Promise<T> => {
    if (!up) throw new Unavailable('store');
    try {
      return await withinDeadline(command(connection.client), options.deadline);
    } catch (error) {
      if (error instanceof TimedOut) setIsUp(false);
      throw new Unavailable('store', { cause: error });
    }
  };

  const openDeadline = monotonic() + OPEN_DEADLINE;
  do await watch();
  while (!up && monotonic() < openDeadline && (await pause(FIRST_RETRY)));
  opened = true;
  if (!up) options.onChange?.(false);
  void watchAndReschedule();

  return {
    eval: (script, parameters) => run((client) => client.eval(script, parameters)),
    del: (key) => run((client) => client.del(key)),
    publish: (channel, message) => {
      run((client) => client.publish(channel, message)).catch(() => {});
    },
    listen(channel, onMessage) {
      listeners.set(channel, onMessage);
    },
    isUp: () => up,
    async close() {
      closed = true;
      up = false;
      clearTimeout(timer);
      connection.close();
    },
  };
}

const pause = (milliseconds: number) => new Promise<true>((resolve) => setTimeout(resolve, milliseconds, true));
