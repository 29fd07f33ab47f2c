/** Where Redis is. Every URL is redis:// or rediss:// (TLS). */
export type RedisServers = DirectServers | SentinelServers;

export type DirectServers =
  | { kind: 'single'; urls: readonly [string] }
  /** Any nodes of a cluster; they name the others, which get the credentials of the first URL. */
  | { kind: 'cluster'; urls: Urls };

export interface SentinelServers {
  kind: 'sentinel';
  /** The sentinels, with their own credentials. */
  urls: Urls;
  /** The name under which the sentinels know the master. */
  master: string;
  /** The URL of a data node, whose host is to be replaced. */
  node: string;
}

export type Urls = readonly [string, ...string[]];
