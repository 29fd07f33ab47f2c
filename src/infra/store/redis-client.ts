import { createClient, createCluster } from 'redis';
import { monotonic, SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';

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

export interface RedisOptions {
  /** One redis:// or rediss:// URL, or several nodes of a cluster. */
  urls: readonly [string, ...string[]];
  /** PEM of a certificate authority to trust in addition to Node's. */
  ca?: string;
  /** Called when Redis goes down or comes back, and at once if it is down at startup. */
  onChange?: (up: boolean) => void;
  /** Milliseconds for a command. node-redis itself would wait forever for a suspended server. */
  deadline?: number | undefined;
}

const COMMAND_DEADLINE = 300;
/** Milliseconds between two checks. */
const WATCH_INTERVAL = 150;
/** Milliseconds between pings on an idle connection, and until a silent connection is closed. */
const PING_INTERVAL = 250;
const SOCKET_TIMEOUT = 1_000;
const CONNECT_TIMEOUT = 1_000;
/** Minimum and maximum milliseconds between two attempts to connect. */
const FIRST_RETRY = 20;
const SLOWEST_RETRY = 250;
/** Milliseconds of silence until the client is replaced: a cluster client may wait for a node that failed over. */
const GIVE_UP_CLIENT = 10 * SECOND;
/** Milliseconds to wait for the first connection. */
const OPEN_DEADLINE = 1_500;

/** The part of node-redis that this file uses, for a single server and for a cluster. */
interface Client {
  connect(): Promise<unknown>;
  destroy(): void;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  del(key: string): Promise<number>;
  publish(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  /** Resolves when all masters have responded. */
  ping(): Promise<unknown>;
}

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

/** One node-redis client. Connects in the background, then subscribes the listeners. */
function connect(options: RedisOptions, listeners: ReadonlyMap<string, (message: string) => void>) {
  const client = options.urls.length > 1 ? clusterClient(options) : singleClient(options);
  const subscribed = new Set<string>();
  let state: 'connecting' | 'connected' | 'failed' = 'failed';
  let check: Promise<unknown> | undefined;
  let closed = false;

  // A single client retries forever inside connect(); a cluster client rejects if no node responds.
  const start = () => {
    state = 'connecting';
    client.connect().then(
      () => {
        state = 'connected';
        if (closed) client.destroy();
      },
      () => {
        state = 'failed';
      },
    );
  };

  const pingAndSubscribe = async () => {
    await client.ping();
    for (const [channel, onMessage] of listeners) {
      if (subscribed.has(channel)) continue;
      subscribed.add(channel); // node-redis resubscribes after each reconnect.
      await client.subscribe(channel, onMessage).catch((error: unknown) => {
        subscribed.delete(channel);
        throw error;
      });
    }
  };

  start();
  return {
    client,
    /**
     * Whether Redis responds within the deadline. One check at a time: repeated writes would keep a dead socket open.
     */
    async isResponding(): Promise<boolean> {
      if (state === 'failed' && !closed) start();
      if (state === 'connecting' && options.urls.length > 1) return false;
      check ??= pingAndSubscribe().finally(() => {
        check = undefined;
      });
      return withinDeadline(check, options.deadline).then(
        () => true,
        () => false,
      );
    },
    close() {
      closed = true;
      client.destroy();
    },
  };
}

const socketOptions = (tls: boolean, { ca, deadline = 0 }: Pick<RedisOptions, 'ca' | 'deadline'>) => ({
  connectTimeout: CONNECT_TIMEOUT,
  socketTimeout: Math.max(SOCKET_TIMEOUT, deadline),
  reconnectStrategy: (attempt: number) => Math.min(FIRST_RETRY * 2 ** attempt, SLOWEST_RETRY),
  ...(tls ? { tls: true as const } : {}),
  ...(tls && ca ? { ca } : {}),
});

/** COMMAND_DEADLINE replaces the timeout of node-redis, which costs a timer and an abort signal for each command. */
const UNTIMED = { commandOptions: { timeout: 0 } } as const;

const commonOptions = {
  pingInterval: PING_INTERVAL,
  disableOfflineQueue: true,
  disableClientInfo: true,
  maintNotifications: 'disabled',
  ...UNTIMED,
} as const;

function singleClient({ urls: [url], ...options }: RedisOptions): Client {
  const client = createClient({ ...commonOptions, url, socket: socketOptions(isTls(url), options) });
  client.on('error', ignoreError);
  return client;
}

function clusterClient({ urls, ...options }: RedisOptions): Client {
  const [first] = urls;
  const { username, password } = new URL(first);
  const cluster = createCluster({
    rootNodes: urls.map((url) => ({ url })),
    ...UNTIMED,
    defaults: {
      ...commonOptions,
      socket: socketOptions(isTls(first), options),
      // Other nodes of the cluster get the credentials of the first URL.
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
    },
  });
  cluster.on('error', ignoreError);
  cluster.on('node-error', ignoreError);
  return {
    connect: () => cluster.connect(),
    destroy: () => cluster.destroy(),
    eval: (script, parameters) => cluster.eval(script, parameters),
    del: (key) => cluster.del(key),
    publish: (channel, message) => cluster.publish(channel, message),
    subscribe: (channel, onMessage) => cluster.subscribe(channel, onMessage),
    ping: () => Promise.all(cluster.masters.map(async (node) => (await cluster.nodeClient(node)).ping())),
  };
}

/** An 'error' event without a listener ends the process. `isResponding` detects failures. */
const ignoreError = () => {};

const isTls = (url: string) => new URL(url).protocol === 'rediss:';

class TimedOut extends Error {}

function withinDeadline<T>(work: Promise<T>, deadline = COMMAND_DEADLINE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`no response within ${deadline} ms`)), deadline);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const pause = (milliseconds: number) => new Promise<true>((resolve) => setTimeout(resolve, milliseconds, true));
