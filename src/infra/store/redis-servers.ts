import { isIPv6 } from 'node:net';

export type { DirectServers, RedisServers, SentinelServers, Urls } from '../../config.ts';

/** Host and port, as sentinels and cluster nodes announce them. */
export interface Address {
  host: string;
  port: number;
}

/** The URL with another host and port, and with the same credentials, database and TLS. */
export function moveUrl(url: string, { host, port }: Address): string {
  const moved = new URL(url);
  moved.hostname = isIPv6(host) ? `[${host}]` : host;
  moved.port = String(port);
  return moved.href;
}

export const isTls = (url: string): boolean => new URL(url).protocol === 'rediss:';
