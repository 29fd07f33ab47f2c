import { createClient, createCluster } from 'redis';
import { monotonic, SECOND } from '../../core/clock.ts';
import { Unavailable } from '../../core/errors.ts';

/** What the service asks of Redis. A command is answered within 300 ms or fails with Unavailable; none is ever kept for later. */
export interface Redis {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  del(key: string): Promise<number>;
  /** Never throws and waits for nothing. What is published while Redis is away is lost. */
  publish(channel: string, message: string): void;
  /** Hears the channel whenever Redis is there. What is published while it is away is missed. */
  listen(channel: string, hear: (message: string) => void): void;
  /** Whether Redis answered when it was last asked, a moment ago. */
  isUp(): boolean;
  close(): Promise<void>;
}

export interface RedisOptions {
  /** One redis:// or rediss:// URL, or several: the entries to a cluster. */
  urls: readonly [string, ...string[]];
  /** PEM of an authority to trust besides those that Node trusts. */
  ca?: string;
  /** Told when Redis goes away or comes back, and at once when it is away at the start. */
  onChange?: (up: boolean) => void;
}

/** Milliseconds. node-redis itself waits for ever on a server that is stopped. */
const COMMAND_DEADLINE = 300;
/** Milliseconds between two questions whether Redis is there. */
const WATCH_INTERVAL = 150;
/** Milliseconds after which an idle connection asks for a sign of life, and after which it is given up without one. */
const PING_INTERVAL = 250;
const SOCKET_TIMEOUT = 1_000;
const CONNECT_TIMEOUT = 1_000;
/** Milliseconds between two attempts to connect, at first and at most. */
const FIRST_RETRY = 20;
const SLOWEST_RETRY = 250;
/** Milliseconds of silence after which the client is replaced: a cluster client may wait for a node that failed over. */
const GIVE_UP_CLIENT = 10 * SECOND;
/** Milliseconds to wait for the first connection. */
const OPEN_DEADLINE = 1_500;

/** The part of node-redis that is used here; a single server and a cluster both have it. */
interface Client {
  connect(): Promise<unknown>;
  destroy(): void;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  del(key: string): Promise<number>;
  publish(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  /** Settles when every node that counts has answered. */
  ping(): Promise<unknown>;
}

/** Resolves when Redis answers, or after a second and a half without it; then it keeps trying. Never rejects. */
export async function openRedis(options: RedisOptions): Promise<Redis> {
  const listeners = new Map<string, (message: string) => void>();
  let connection = connect(options, listeners);
  let up = false;
  let lastUpAt = monotonic();
  let opened = false;
  let closed = false;

  const become = (next: boolean) => {
    if (next) lastUpAt = monotonic();
    if (next === up || closed) return;
    up = next;
    if (opened) options.onChange?.(up);
  };

  const watch = async () => {
    become(await connection.answers());
    if (!up && monotonic() - lastUpAt > GIVE_UP_CLIENT && !closed) {
      lastUpAt = monotonic();
      connection.close();
      connection = connect(options, listeners);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const watchForEver = async () => {
    await watch();
    if (!closed) timer = setTimeout(watchForEver, WATCH_INTERVAL).unref();
  };

  /** Whoever misses the deadline closes the door for all others, so that a request waits for a hung Redis once. */
  const ask = async <T>(command: (client: Client) => Promise<T>): Promise<T> => {
    if (!up) throw new Unavailable('store');
    try {
      return await withinDeadline(command(connection.client));
    } catch (error) {
      if (error instanceof Late) become(false);
      throw new Unavailable('store', { cause: error });
    }
  };

  const openedBy = monotonic() + OPEN_DEADLINE;
  do await watch();
  while (!up && monotonic() < openedBy && (await pause(FIRST_RETRY)));
  opened = true;
  if (!up) options.onChange?.(false);
  void watchForEver();

  return {
    eval: (script, parameters) => ask((client) => client.eval(script, parameters)),
    del: (key) => ask((client) => client.del(key)),
    publish: (channel, message) => {
      ask((client) => client.publish(channel, message)).catch(() => {});
    },
    listen(channel, hear) {
      listeners.set(channel, hear);
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

/** One node-redis client, connected in the background, with the listeners subscribed as soon as it is there. */
function connect(options: RedisOptions, listeners: ReadonlyMap<string, (message: string) => void>) {
  const client = options.urls.length > 1 ? clusterClient(options) : singleClient(options);
  const subscribed = new Set<string>();
  let state: 'connecting' | 'connected' | 'failed' = 'failed';
  let asking: Promise<unknown> | undefined;
  let closed = false;

  // A single client tries for ever inside connect(); a cluster client gives up when no node answers.
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

  const inspect = async () => {
    await client.ping();
    for (const [channel, hear] of listeners) {
      if (subscribed.has(channel)) continue;
      subscribed.add(channel); // From now on node-redis renews it with every connection.
      await client.subscribe(channel, hear).catch((error: unknown) => {
        subscribed.delete(channel);
        throw error;
      });
    }
  };

  start();
  return {
    client,
    /** Whether Redis answers within the deadline. Asks once at a time: repeated writes would keep a dead socket alive. */
    async answers(): Promise<boolean> {
      if (state === 'failed' && !closed) start();
      if (state === 'connecting' && options.urls.length > 1) return false;
      asking ??= inspect().finally(() => {
        asking = undefined;
      });
      return withinDeadline(asking).then(
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

const socketOptions = (tls: boolean, ca: string | undefined) => ({
  connectTimeout: CONNECT_TIMEOUT,
  socketTimeout: SOCKET_TIMEOUT,
  reconnectStrategy: (attempt: number) => Math.min(FIRST_RETRY * 2 ** attempt, SLOWEST_RETRY),
  ...(tls ? { tls: true as const } : {}),
  ...(tls && ca ? { ca } : {}),
});

/** COMMAND_DEADLINE is ours; node-redis would make a timer and an abort signal of its own for each command. */
const UNTIMED = { commandOptions: { timeout: 0 } } as const;

const commonOptions = {
  pingInterval: PING_INTERVAL,
  disableOfflineQueue: true,
  disableClientInfo: true,
  maintNotifications: 'disabled',
  ...UNTIMED,
} as const;

function singleClient({ urls: [url], ca }: RedisOptions): Client {
  const client = createClient({ ...commonOptions, url, socket: socketOptions(isTls(url), ca) });
  client.on('error', noted);
  return client;
}

function clusterClient({ urls, ca }: RedisOptions): Client {
  const [first] = urls;
  const { username, password } = new URL(first);
  const cluster = createCluster({
    rootNodes: urls.map((url) => ({ url })),
    ...UNTIMED,
    defaults: {
      ...commonOptions,
      socket: socketOptions(isTls(first), ca),
      // The nodes that the cluster names are reached with the credentials of the URL that led there.
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
    },
  });
  cluster.on('error', noted);
  cluster.on('node-error', noted);
  return {
    connect: () => cluster.connect(),
    destroy: () => cluster.destroy(),
    eval: (script, parameters) => cluster.eval(script, parameters),
    del: (key) => cluster.del(key),
    publish: (channel, message) => cluster.publish(channel, message),
    subscribe: (channel, hear) => cluster.subscribe(channel, hear),
    ping: () => Promise.all(cluster.masters.map(async (node) => (await cluster.nodeClient(node)).ping())),
  };
}

/** An 'error' event that nobody hears ends the process. What matters is seen by `answers`. */
const noted = () => {};

const isTls = (url: string) => new URL(url).protocol === 'rediss:';

class Late extends Error {}

function withinDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late(`no answer within ${COMMAND_DEADLINE} ms`)), COMMAND_DEADLINE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const pause = (milliseconds: number) => new Promise<true>((resolve) => setTimeout(resolve, milliseconds, true));
