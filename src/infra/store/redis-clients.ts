import { createClient, createCluster } from 'redis';
import { checkKeys, type RedisCommands, spreadKeys } from './redis-commands.ts';
import { type DirectServers, isTls, moveUrl } from './redis-servers.ts';
import { SLOTS } from './redis-slots.ts';

export interface ConnectionOptions {
  /** PEM of a certificate authority to trust in addition to Node's. */
  ca?: string;
  /** Milliseconds for a command. node-redis itself would wait forever for a suspended server. */
  deadline?: number | undefined;
}

/** Milliseconds between pings on an idle connection, and until a silent connection is closed. */
const PING_INTERVAL = 250;
const SOCKET_TIMEOUT = 1_000;
const CONNECT_TIMEOUT = 1_000;
/** Minimum and maximum milliseconds between two attempts to connect. */
export const FIRST_RETRY = 20;
const SLOWEST_RETRY = 250;
/** Milliseconds until a cluster client asks the other nodes for the successor of a node that is down. */
const REDISCOVERY = 1_000;

/** The part of node-redis that the service uses, for a single server and for a cluster. */
export interface Client extends RedisCommands {
  connect(): Promise<unknown>;
  destroy(): void;
  subscribe(channel: string, listener: (message: string) => void): Promise<unknown>;
  /** Resolves when all masters have responded. */
  ping(): Promise<unknown>;
  /** Keys for `tryCommands`, one for each master. Throws if a slot has no master. */
  checkKeys(): readonly string[];
  /** Host and port of the server, or of the masters. */
  nodes(): readonly string[];
  /** The same servers, with all nodes that are known by now: those in the settings may all be down. */
  servers(): DirectServers;
}

export const createRedisClient = (servers: DirectServers, options: ConnectionOptions): Client =>
  servers.kind === 'cluster' ? clusterClient(servers, options) : singleClient(servers, options);

export const socketOptions = (tls: boolean, { ca, deadline = 0 }: ConnectionOptions) => ({
  connectTimeout: CONNECT_TIMEOUT,
  socketTimeout: Math.max(SOCKET_TIMEOUT, deadline),
  reconnectStrategy: (attempt: number) => Math.min(FIRST_RETRY * 2 ** attempt, SLOWEST_RETRY),
  ...(tls ? { tls: true as const } : {}),
  ...(tls && ca ? { ca } : {}),
});

/** Our own deadline replaces the timeout of node-redis, which costs a timer and an abort signal for each command. */
const UNTIMED = { commandOptions: { timeout: 0 } } as const;

export const commonOptions = {
  disableOfflineQueue: true,
  disableClientInfo: true,
  maintNotifications: 'disabled',
  ...UNTIMED,
} as const;

function singleClient(servers: DirectServers, options: ConnectionOptions): Client {
  const [url] = servers.urls;
  const client = createClient({
    ...commonOptions,
    pingInterval: PING_INTERVAL,
    url,
    socket: socketOptions(isTls(url), options),
  });
  client.on('error', ignoreError);
  const keys = spreadKeys();
  return {
    connect: () => client.connect(),
    destroy: () => client.destroy(),
    eval: (script, parameters) => client.eval(script, parameters),
    del: (key) => client.del(key),
    publish: (channel, message) => client.publish(channel, message),
    subscribe: (channel, onMessage) => client.subscribe(channel, onMessage),
    ping: () => client.ping(),
    checkKeys: () => keys,
    nodes: () => [new URL(url).host],
    servers: () => servers,
  };
}

function clusterClient(servers: DirectServers, options: ConnectionOptions): Client {
  const [first] = servers.urls;
  const { username, password } = new URL(first);
  const cluster = createCluster({
    rootNodes: servers.urls.map((url) => ({ url })),
    topologyRefreshOnReconnectionAttemptStrategy: REDISCOVERY,
    ...UNTIMED,
    defaults: {
      ...commonOptions,
      pingInterval: PING_INTERVAL,
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
    checkKeys() {
      for (let slot = 0; slot < SLOTS; slot++)
        if (!cluster.slots[slot]) throw new Error(`CLUSTERDOWN slot ${slot} has no master`);
      return checkKeys((slot) => cluster.slots[slot]?.master);
    },
    nodes: () => cluster.masters.map(({ host, port }) => `${host}:${port}`),
    servers() {
      const known = cluster.masters.map((node) => moveUrl(first, node));
      return { kind: 'cluster', urls: [first, ...new Set([...servers.urls.slice(1), ...known])] };
    },
  };
}

/** An 'error' event without a listener ends the process. The checks of the connection detect failures. */
export const ignoreError = () => {};
