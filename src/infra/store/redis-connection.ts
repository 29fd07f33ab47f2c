import { createClient, createCluster } from 'redis';

export interface ConnectionOptions {
  /** One redis:// or rediss:// URL, or several nodes of a cluster. */
  urls: readonly [string, ...string[]];
  /** PEM of a certificate authority to trust in addition to Node's. */
  ca?: string;
  /** Milliseconds for a command. node-redis itself would wait forever for a suspended server. */
  deadline?: number | undefined;
}

/** Milliseconds. */
const COMMAND_DEADLINE = 300;
/** Milliseconds between pings on an idle connection, and until a silent connection is closed. */
const PING_INTERVAL = 250;
const SOCKET_TIMEOUT = 1_000;
const CONNECT_TIMEOUT = 1_000;
/** Minimum and maximum milliseconds between two attempts to connect. */
export const FIRST_RETRY = 20;
const SLOWEST_RETRY = 250;

/** The part of node-redis that the service uses, for a single server and for a cluster. */
export interface Client {
  connect(): Promise<unknown>;
  destroy(): void;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  del(key: string): Promise<number>;
  publish(channel: string, message: string): Promise<unknown>;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  /** Resolves when all masters have responded. */
  ping(): Promise<unknown>;
}

/** One node-redis client. Connects in the background, then subscribes the listeners. */
export function connect(options: ConnectionOptions, listeners: ReadonlyMap<string, (message: string) => void>) {
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

const socketOptions = (tls: boolean, { ca, deadline = 0 }: Pick<ConnectionOptions, 'ca' | 'deadline'>) => ({
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

function singleClient({ urls: [url], ...options }: ConnectionOptions): Client {
  const client = createClient({ ...commonOptions, url, socket: socketOptions(isTls(url), options) });
  client.on('error', ignoreError);
  return client;
}

function clusterClient({ urls, ...options }: ConnectionOptions): Client {
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

export class TimedOut extends Error {}

/** Rejects with TimedOut if the work takes longer. @param deadline milliseconds */
export function withinDeadline<T>(work: Promise<T>, deadline = COMMAND_DEADLINE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`no response within ${deadline} ms`)), deadline);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
