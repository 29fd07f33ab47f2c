import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisServers } from '../../src/infra/store/redis-servers.ts';
import { createAuthority } from './certificates.ts';
import { docsBlock } from './docs.ts';
import { freePort } from './ports.ts';
import { FAST_SYNC, group, type RedisNode, startNode, waitForSync } from './redis.ts';
import { eventually, temporaryDirectory } from './server-process.ts';

export const MASTER = 'mymaster';
const [PASSWORD, SENTINEL_PASSWORD] = ['data/+', 'sentinel/+'];

/** How the servers are reached, and by whom. */
interface Access {
  host: string;
  scheme: 'redis' | 'rediss';
  /** Of the service. Empty: the default user. */
  user: string;
  /** PEM of the authority that signed the certificates, and its path. */
  ca?: string;
  caFile?: string;
  /** The port, the certificate and the user of a data node or a sentinel, in words of redis.conf. */
  settings(port: number, rights: readonly string[], password: string): string[][];
}

const OPEN: Access = {
  host: '127.0.0.1',
  scheme: 'redis',
  user: '',
  settings: (port) => [['port', String(port)]],
};

/** With TLS, certificates for a name instead of an address, and a user with no other rights than those that are needed. */
function securedAccess(): Access {
  const [host, user] = ['localhost', 'latchkey'];
  const authority = createAuthority();
  const { certFile, keyFile } = authority.sign(host, [`DNS:${host}`]);
  return {
    host,
    scheme: 'rediss',
    user,
    ca: readFileSync(authority.file, 'utf8'),
    caFile: authority.file,
    settings: (port, rights, password) => [
      ['port', '0'],
      ['tls-port', String(port)],
      ['tls-cert-file', certFile],
      ['tls-key-file', keyFile],
      ['tls-ca-cert-file', authority.file],
      ['tls-auth-clients', 'no'],
      ['tls-replication', 'yes'],
      ['user', user, 'on', `>${password}`, ...rights],
    ],
  };
}

/** Those of docs/operation.md. */
const DATA_RIGHTS = docsBlock('operation.md', 'redis-acl')
  .trim()
  .split(' ')
  .filter((word) => /^[~&+]/.test(word));
const SENTINEL_RIGHTS = ['+sentinel|get-master-addr-by-name'];

export interface RedisWithSentinels {
  /** REDIS_URL. */
  url: string;
  servers: RedisServers;
  /** PEM of the authority that signed the certificates, and its path. Undefined without TLS. */
  ca?: string;
  caFile?: string;
  sentinels: readonly RedisNode[];
  /** Of the two data nodes, the one that the sentinels name. */
  master(): Promise<RedisNode>;
  replica(): Promise<RedisNode>;
  /** Waits until all sentinels name another master, which a replica of it has become. */
  waitForFailover(from: RedisNode): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A master, a replica and three sentinels, with different passwords for data and sentinels.
 * @param isSecured with TLS and a user of the service
 */
export async function startRedisWithSentinels({ isSecured = false } = {}): Promise<RedisWithSentinels> {
  const home = temporaryDirectory('redis-sentinel');
  const access = isSecured ? securedAccess() : OPEN;
  const { host, scheme, user, ca, caFile } = access;
  const urlAt = (port: number, password: string, name = '') =>
    `${scheme}://${name}:${encodeURIComponent(password)}@${host}:${port}`;
  const start = (port: number, password: string, args: readonly string[]) =>
    startNode({ url: urlAt(port, password), ca, args });

  const data: RedisNode[] = [];
  for (const _ of [1, 2]) {
    const port = await freePort();
    const of = data[0] ? ['--replicaof', host, portOf(data[0])] : [];
    const args = ['--dir', home, '--dbfilename', `${port}.rdb`, '--replica-announce-ip', host, ...FAST_SYNC, ...of];
    args.push('--requirepass', PASSWORD, '--masterauth', PASSWORD);
    const settings = access
      .settings(port, DATA_RIGHTS, PASSWORD)
      .flatMap(([name, ...words]) => [`--${name}`, ...words]);
    data.push(start(port, PASSWORD, [...settings, ...args]));
  }
  await Promise.all(data.map((node) => node.waitForPing()));
  await Promise.all(data.slice(1).map(waitForSync));

  const sentinels: RedisNode[] = [];
  for (const _ of [1, 2, 3]) {
    const port = await freePort();
    const file = join(home, `sentinel-${port}.conf`);
    const settings = access.settings(port, SENTINEL_RIGHTS, SENTINEL_PASSWORD).map((words) => words.join(' '));
    writeFileSync(file, [...settings, ...sentinelSettings(home, `${host} ${portOf(data[0])}`), ''].join('\n'));
    sentinels.push(start(port, SENTINEL_PASSWORD, [file, '--sentinel']));
  }
  await Promise.all(sentinels.map(waitForOthers));

  const named = async (sentinel: RedisNode) => {
    const [address = ''] = await sentinel.commands(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER]);
    return address.split(',').at(-1);
  };
  const find = async (isMaster: boolean) => {
    const [sentinel] = sentinels;
    const port = sentinel && (await named(sentinel));
    const found = data.find((node) => (portOf(node) === port) === isMaster);
    if (!found) throw new Error('the sentinels name an unknown master');
    return found;
  };
  const hosts = sentinels.map(({ url }) => new URL(url).host).join();
  const [password, sentinelPassword] = [PASSWORD, SENTINEL_PASSWORD].map(encodeURIComponent);
  const sentinelUser = user && `sentinel_username=${user}&`;
  const [first = '', ...others] = sentinels.map(({ url }) => urlAt(Number(new URL(url).port), SENTINEL_PASSWORD, user));
  return {
    url: `${scheme}+sentinel://${user}:${password}@${hosts}/${MASTER}?${sentinelUser}sentinel_password=${sentinelPassword}`,
    servers: { kind: 'sentinel', urls: [first, ...others], master: MASTER, node: urlAt(1, PASSWORD, user) },
    ...(ca && caFile && { ca, caFile }),
    sentinels,
    master: () => find(true),
    replica: () => find(false),
    waitForFailover: (from) =>
      eventually(async () => {
        const ports = await Promise.all(sentinels.map(named));
        if (ports.includes(portOf(from))) throw new Error('a sentinel still names the old master');
      }, 60_000),
    stop: () => group([...data, ...sentinels], home).stop(),
  };
}

const portOf = (node: RedisNode | undefined): string => new URL(node?.url ?? '').port;

const sentinelSettings = (home: string, master: string): string[] => [
  `dir ${home}`,
  `requirepass "${SENTINEL_PASSWORD}"`,
  `sentinel sentinel-pass "${SENTINEL_PASSWORD}"`,
  'sentinel resolve-hostnames yes',
  'sentinel announce-hostnames yes',
  `sentinel monitor ${MASTER} ${master} 2`,
  `sentinel auth-pass ${MASTER} "${PASSWORD}"`,
  `sentinel down-after-milliseconds ${MASTER} 1000`,
  `sentinel failover-timeout ${MASTER} 10000`,
];

const waitForOthers = (sentinel: RedisNode): Promise<void> =>
  eventually(async () => {
    const [state = ''] = await sentinel.commands(['INFO', 'sentinel']);
    if (!state.includes('slaves=1,sentinels=3')) throw new Error(`the sentinels have not met: ${state}`);
  }, 60_000);
