import { createClient } from 'redis';
import type { Explanation } from '../explanation.ts';
import type { Redis } from './redis-client.ts';
import { checkKeys, REVOKED_CHANNEL, spreadKeys, tryCommands } from './redis-commands.ts';
import { TimedOut } from './redis-connection.ts';
import { askForMaster, chooseMaster } from './redis-location.ts';
import { explainRedis, isRefusal, type Role } from './redis-reasons.ts';
import { type Address, isTls, moveUrl, type RedisServers, type SentinelServers, type Urls } from './redis-servers.ts';
import { SLOTS } from './redis-slots.ts';

export interface RedisFailure extends Explanation {
  /** Host and port. */
  node: string;
}

/** Milliseconds. */
const TIMEOUT = 3_000;

/**
 * Connects once to each server and runs the commands of the service, to find out which servers cannot be used, and why.
 * @param ca PEM of a certificate authority to trust in addition to Node's
 */
export function findRedisFailures(servers: RedisServers, ca?: string): Promise<RedisFailure[]> {
  if (servers.kind === 'sentinel') return probeSentinels(servers, ca);
  return servers.kind === 'cluster'
    ? probeCluster(servers.urls, ca)
    : tryNode({ url: servers.urls[0], role: 'server', ca });
}

/**
 * The failures of all servers. If each works alone, why the service does not use them: a refusal that the checks miss, or a
 * server that is too slow for it.
 */
export async function explainOutage(
  servers: RedisServers,
  { nodes, problem }: Pick<Redis, 'nodes' | 'problem'>,
  ca?: string,
): Promise<RedisFailure[]> {
  const [error, [node = '']] = [problem(), nodes()];
  const failures = await findRedisFailures(servers, ca);
  if (!isRefusal(error) && !(error instanceof TimedOut && failures.length === 0)) return failures;
  const own = explainRedis(error, ROLES[servers.kind], isTls(servers.urls[0]));
  return failures.some(({ reason }) => reason === own.reason) ? failures : [...failures, { node, ...own }];
}

const ROLES = { single: 'server', cluster: 'cluster node', sentinel: 'master' } as const;

/** What came of the work, or why it failed. */
interface Probe<Result> {
  result?: Result;
  failures: RedisFailure[];
}

interface Target {
  url: string;
  role: Role;
  ca: string | undefined;
}

async function probe<Opened extends Openable, Result>(
  open: (options: ReturnType<typeof openOptions>) => Opened,
  { url, role, ca }: Target,
  work: (client: Opened) => Promise<Result>,
): Promise<Probe<Result>> {
  const client = open(openOptions(url, ca));
  let first: unknown;
  client.on('error', (error: unknown) => {
    first ??= error;
  });
  try {
    await client.connect();
    return { result: await work(client), failures: [] };
  } catch (error) {
    return { failures: [{ node: new URL(url).host, ...explainRedis(first ?? error, role, isTls(url)) }] };
  } finally {
    client.destroy();
  }
}

interface Openable {
  on(event: 'error', listener: (error: unknown) => void): unknown;
  connect(): Promise<unknown>;
  destroy(): void;
}

function openOptions(url: string, ca: string | undefined) {
  const tls = isTls(url) ? { tls: true as const, ...(ca ? { ca } : {}) } : {};
  return {
    url,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: { ...tls, reconnectStrategy: false, connectTimeout: TIMEOUT, socketTimeout: TIMEOUT },
  } as const;
}

type Client = ReturnType<typeof openNode>;
const openNode = (options: ReturnType<typeof openOptions>) => createClient({ ...options });
const openSentinel = (options: ReturnType<typeof openOptions>) => createClient({ ...options, RESP: 2 });

async function tryNode(target: Target, keys: readonly string[] = spreadKeys()): Promise<RedisFailure[]> {
  const { failures } = await probe(openNode, target, async (client) => {
    await client.ping();
    await tryCommands(client, keys);
    await client.subscribe(REVOKED_CHANNEL, () => {});
  });
  return failures;
}

/** Asks each seed for the masters, and probes those that the first one names. */
async function probeCluster(seeds: Urls, ca: string | undefined): Promise<RedisFailure[]> {
  const [first] = seeds;
  const role = 'cluster node';
  const probes = await Promise.all(
    seeds.map((url) => probe(openNode, { url: withCredentials(url, first), role, ca }, readMasters)),
  );
  const masters = probes.find(({ result }) => result)?.result ?? [];
  const failures = masters.map(({ host, port, owns }) =>
    tryNode(
      { url: moveUrl(first, { host, port }), role, ca },
      checkKeys((slot) => owns(slot) || undefined),
    ),
  );
  const all = [...probes.flatMap((seed) => seed.failures), ...(await Promise.all(failures)).flat()];
  return all.filter(({ node }, index) => all.findIndex((other) => other.node === node) === index);
}

interface ClusterMaster extends Address {
  owns(slot: number): boolean;
}

/** Rejects if not every slot has a master. */
async function readMasters(client: Client): Promise<ClusterMaster[]> {
  const ranges = (await client.clusterSlots()).map(({ from, to, master: { host, port } }) => ({
    from,
    to,
    host,
    port,
  }));
  if (ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0) < SLOTS) throw new Error('CLUSTERDOWN');
  const isFirst = ({ host, port }: Address, index: number) =>
    ranges.findIndex((other) => other.host === host && other.port === port) === index;
  return ranges.filter(isFirst).map(({ host, port }) => ({
    host,
    port,
    owns: (slot) =>
      ranges.some((range) => range.host === host && range.port === port && slot >= range.from && slot <= range.to),
  }));
}

/** The nodes of a cluster share the credentials of the first URL. */
function withCredentials(url: string, first: string): string {
  const [own, { username, password }] = [new URL(url), new URL(first)];
  if (own.username || own.password) return url;
  return Object.assign(own, { username, password }).href;
}

/** Asks each sentinel, and probes the master that most of them name. */
async function probeSentinels(
  { urls, master, node }: SentinelServers,
  ca: string | undefined,
): Promise<RedisFailure[]> {
  const probes = await Promise.all(
    urls.map(async (url): Promise<Probe<Address>> => {
      const target: Target = { url, role: 'sentinel', ca };
      const { result, failures } = await probe(openSentinel, target, (client) => askForMaster(client, master));
      if (result) return { result, failures: [] };
      return { failures: failures.length > 0 ? failures : [{ node: new URL(url).host, ...unknownName(master) }] };
    }),
  );
  const named = probes.flatMap(({ result }) => (result ? [moveUrl(node, result)] : []));
  const url = chooseMaster(named, undefined, false);
  return [...probes.flatMap(({ failures }) => failures), ...(url ? await tryNode({ url, role: 'master', ca }) : [])];
}

const unknownName = (master: string): Explanation => ({
  reason: `it knows no master with the name ${master}`,
  remedy: 'check the name after the hosts in REDIS_URL; SENTINEL MASTERS there lists the names',
});
