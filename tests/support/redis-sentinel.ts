import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisServers } from '../../src/infra/store/redis-servers.ts';
import { freePort } from './ports.ts';
import { FAST_SYNC, group, type RedisNode, startNode, waitForSync } from './redis.ts';
import { eventually, temporaryDirectory } from './server-process.ts';

export const MASTER = 'mymaster';
const [PASSWORD, SENTINEL_PASSWORD] = ['data/+', 'sentinel/+'];

export interface RedisWithSentinels {
  /** REDIS_URL. */
  url: string;
  servers: RedisServers;
  sentinels: readonly RedisNode[];
  /** Of the two data nodes, the one that the sentinels name. */
  master(): Promise<RedisNode>;
  replica(): Promise<RedisNode>;
  /** Waits until all sentinels name another master, which a replica of it has become. */
  waitForFailover(from: RedisNode): Promise<void>;
  stop(): Promise<void>;
}

/** A master, a replica and three sentinels, with different passwords for data and sentinels. */
export async function startRedisWithSentinels(): Promise<RedisWithSentinels> {
  const home = temporaryDirectory('redis-sentinel');
  const data: RedisNode[] = [];
  for (const _ of [1, 2]) {
    const port = await freePort();
    const of = data[0] ? ['--replicaof', '127.0.0.1', new URL(data[0].url).port] : [];
    const args = ['--port', String(port), '--dir', home, '--dbfilename', `${port}.rdb`, ...FAST_SYNC, ...of];
    args.push('--requirepass', PASSWORD, '--masterauth', PASSWORD);
    data.push(startNode({ url: urlAt(port, PASSWORD), ca: undefined, args }));
  }
  await Promise.all(data.map((node) => node.waitForPing()));
  await Promise.all(data.slice(1).map(waitForSync));

  const sentinels: RedisNode[] = [];
  for (const _ of [1, 2, 3]) {
    const port = await freePort();
    const file = join(home, `sentinel-${port}.conf`);
    writeFileSync(file, sentinelConfiguration(port, home, portOf(data[0])));
    sentinels.push(startNode({ url: urlAt(port, SENTINEL_PASSWORD), ca: undefined, args: [file, '--sentinel'] }));
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
  const encoded = [PASSWORD, SENTINEL_PASSWORD].map(encodeURIComponent);
  const [first, ...others] = sentinels.map(({ url }) => url);
  if (!first) throw new Error('there is no sentinel');
  return {
    url: `redis+sentinel://:${encoded[0]}@${hosts}/${MASTER}?sentinel_password=${encoded[1]}`,
    servers: { kind: 'sentinel', urls: [first, ...others], master: MASTER, node: urlAt(1, PASSWORD) },
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

const urlAt = (port: number, password: string) => `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}`;
const portOf = (node: RedisNode | undefined): string => new URL(node?.url ?? '').port;

const sentinelConfiguration = (port: number, home: string, master: string): string =>
  [
    `port ${port}`,
    `dir ${home}`,
    `requirepass "${SENTINEL_PASSWORD}"`,
    `sentinel sentinel-pass "${SENTINEL_PASSWORD}"`,
    `sentinel monitor ${MASTER} 127.0.0.1 ${master} 2`,
    `sentinel auth-pass ${MASTER} "${PASSWORD}"`,
    `sentinel down-after-milliseconds ${MASTER} 1000`,
    `sentinel failover-timeout ${MASTER} 10000`,
    '',
  ].join('\n');

const waitForOthers = (sentinel: RedisNode): Promise<void> =>
  eventually(async () => {
    const [state = ''] = await sentinel.commands(['INFO', 'sentinel']);
    if (!state.includes('slaves=1,sentinels=3')) throw new Error(`the sentinels have not met: ${state}`);
  }, 60_000);
