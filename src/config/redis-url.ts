import { parsed } from '../core/settings/text.ts';
import { parseUrl, plainUrl } from '../core/settings/urls.ts';
import type { DirectServers, RedisServers, SentinelServers, Urls } from './redis-servers.ts';
import { decode, ENCODING, isEncoded } from './url-credentials.ts';

/** REDIS_URL. */
export const redisUrl = parsed(
  `be redis://host:6379, redis+sentinel://host:26379,host:26379/name-of-the-master or redis+cluster://host:6379, with rediss in place of redis for TLS${ENCODING}`,
  (text): RedisServers | undefined => {
    const { scheme, topology } = SCHEME.exec(text)?.groups ?? {};
    if (topology === 'sentinel') return readSentinels(text);
    if (topology === 'cluster') return readServers(text.replaceAll(CLUSTER, '$<tls>://'), true);
    if (scheme === 'cluster') return readServers(text.replaceAll('cluster://', 'redis://'), true);
    return readServers(text, false);
  },
);

const SCHEME = /^(?<scheme>cluster|rediss?(?:\+(?<topology>sentinel|cluster))?):\/\//;
const CLUSTER = /(?<tls>rediss?)\+cluster:\/\//g;

/** One server, or the seeds of a cluster. Later seeds may omit scheme and credentials. */
function readServers(text: string, isCluster: boolean): DirectServers | undefined {
  const [first = '', ...rest] = text.split(',').map((part) => part.trim());
  const prefix = /^rediss?:\/\/(?:[^@/]*@)?/.exec(first)?.[0];
  if (prefix === undefined) return undefined;
  const urls: Urls = [first, ...rest.map((seed) => (seed.includes('://') ? seed : prefix + seed))];
  const path = isCluster || rest.length > 0 ? /^\/?0?$/ : /^\/?\d*$/;
  const scheme = parseUrl(first)?.protocol;
  const areValid = urls
    .map(parseUrl)
    .every((url) => url?.hostname && url.protocol === scheme && isEncoded(url) && path.test(url.pathname));
  if (!areValid) return undefined;
  return isCluster || rest.length > 0 ? { kind: 'cluster', urls } : { kind: 'single', urls: [first] };
}

const SENTINELS =
  /^(?<scheme>rediss?)\+sentinel:\/\/(?:(?<credentials>[^@/?#]*)@)?(?<hosts>[^@/?#]+)\/(?<master>[^@/?#]+)(?:\/(?<database>\d*))?(?:\?(?<query>[^#]*))?$/;
const SENTINEL_PORT = '26379';

/** The credentials before the hosts are those of Redis; the sentinels have parameters of their own. */
function readSentinels(text: string): SentinelServers | undefined {
  const {
    scheme,
    credentials = '',
    hosts = '',
    master: name = '',
    database = '',
    query = '',
  } = SENTINELS.exec(text)?.groups ?? {};
  const [own, master] = [readParameters(query), decode(name)];
  const node = parseUrl(`${scheme}://${credentials && `${credentials}@`}master/${database}`);
  if (!own || !master || !node || !isEncoded(node)) return undefined;
  const [first, ...rest] = hosts.split(',').map((host) => {
    const url = parseUrl(`${scheme}://${host.trim()}`);
    if (!url?.hostname || url.pathname) return undefined;
    return Object.assign(url, { port: url.port || SENTINEL_PORT, ...own }).href;
  });
  if (!first || !rest.every((url) => url !== undefined)) return undefined;
  return { kind: 'sentinel', urls: [first, ...rest], master, node: node.href };
}

const PARAMETERS: Record<string, 'username' | 'password'> = {
  sentinel_username: 'username',
  sentinel_password: 'password',
};

/** Undefined if a parameter is not known or occurs twice. + means +, because a password may contain it. */
function readParameters(query: string): Partial<Record<'username' | 'password', string>> | undefined {
  const own: Partial<Record<'username' | 'password', string>> = {};
  for (const part of query.split('&').filter(Boolean)) {
    const [, name = '', text = ''] = /^([^=]*)=(.*)$/.exec(part) ?? [];
    const [property, value] = [PARAMETERS[name], decode(text)];
    if (!property || property in own || value === undefined) return undefined;
    own[property] = encodeURIComponent(value);
  }
  return own;
}

/** Without credentials and parameters. */
export function showRedis(servers: RedisServers): string {
  if (servers.kind !== 'sentinel') {
    const shown = servers.urls.map(plainUrl).join();
    return servers.kind === 'cluster' && servers.urls.length === 1 ? shown.replace('://', '+cluster://') : shown;
  }
  const { protocol, pathname } = new URL(servers.node);
  const hosts = servers.urls.map((url) => new URL(url).host).join();
  return `${protocol.slice(0, -1)}+sentinel://${hosts}/${servers.master}${pathname.replace(/^\/$/, '')}`;
}
