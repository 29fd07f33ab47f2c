import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
import type { RedisServers } from '../../src/infra/store/redis-servers.ts';
import type { Certificate } from './certificates.ts';
import { freePort } from './ports.ts';
import {
  eventually,
  findProgram,
  removeDirectory,
  type ServerProcess,
  startProcess,
  temporaryDirectory,
  whenReady,
} from './server-process.ts';

export interface RedisServer {
  /** One server, or the nodes of a cluster. */
  readonly urls: readonly [string, ...string[]];
  readonly servers: RedisServers;
  /** PEM of the certificate's issuer, with TLS. */
  readonly ca?: string;
  /** Makes it hang: it accepts connections and bytes, but never responds. */
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
  /** Kills it if it runs, then starts it again on the same ports, empty. */
  restart(): Promise<void>;
  /** Where it would save its data. */
  readonly directory: string;
  /** Deletes everything. */
  flush(): Promise<void>;
  /** Runs commands on the first node. */
  commands(...list: string[][]): Promise<string[]>;
  stop(): Promise<void>;
}

export const redisProgram = (): string | undefined => findProgram('redis-server');

/** @param certificate instead of a self-signed one for 127.0.0.1 */
export async function startRedis({
  tls = false,
  certificate,
}: {
  tls?: boolean;
  certificate?: Pick<Certificate, 'certFile' | 'keyFile'> & { ca: string };
} = {}): Promise<RedisServer> {
  const home = temporaryDirectory('redis');
  const port = await freePort();
  const url = `${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`;
  const files = tls ? (certificate ?? makeCertificate(home)) : undefined;
  const secured = files && [
    ...['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'],
    ...['--tls-cert-file', files.certFile, '--tls-key-file', files.keyFile, '--tls-ca-cert-file', files.certFile],
  ];
  const ca = files?.ca;
  const node = startNode({ url, ca, args: [...(secured ?? ['--port', String(port)]), '--dir', home] });
  await node.ready();
  return { ...group([node], home), urls: [url], servers: { kind: 'single', urls: [url] }, ...(ca ? { ca } : {}) };
}

export interface RedisCluster extends RedisServer {
  /** Kills the master with the first third of the slots, which is the first of the URLs. */
  killFirst(): Promise<void>;
}

/** Three masters, each with a third of the slots. @param replicas whether each has a replica */
export async function startRedisCluster({ replicas = false } = {}): Promise<RedisCluster> {
  const home = temporaryDirectory('redis-cluster');
  const nodes: RedisNode[] = [];
  for (let index = 0; index < (replicas ? 6 : 3); index++) {
    const port = await freePort(BUS);
    const args = ['--port', String(port), '--dir', home, '--cluster-enabled', 'yes', ...FAST_SYNC];
    args.push('--cluster-config-file', `nodes-${index}.conf`, '--cluster-node-timeout', '2000');
    nodes.push(startNode({ url: `redis://127.0.0.1:${port}`, ca: undefined, args, cluster: true }));
  }
  const [first, ...others] = nodes;
  const masters = nodes.slice(0, 3);
  if (!first) throw new Error('a cluster has at least one node');
  await Promise.all(nodes.map((node) => node.waitForPing()));
  await Promise.all(
    masters.map((node, index) => {
      const [from, to] = [0, 1].map((step) => Math.floor((SLOTS * (index + step)) / masters.length));
      return node.commands(
        ['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)],
        ['CLUSTER', 'ADDSLOTSRANGE', String(from), String(Number(to) - 1)],
      );
    }),
  );
  await first.commands(...others.map(({ url }) => ['CLUSTER', 'MEET', '127.0.0.1', new URL(url).port]));
  await Promise.all(nodes.map((node) => node.ready()));
  await Promise.all(nodes.slice(3).map((node, index) => replicate(node, masters[index] ?? first)));
  const urls: RedisServer['urls'] = [first.url, ...others.map(({ url }) => url)];
  return {
    ...group(nodes, home),
    urls,
    servers: { kind: 'cluster', urls },
    async killFirst() {
      first.process().signal('SIGKILL');
      await first.process().ended;
    },
  };
}

/** What a client needs, and how to stop it. */
export type ReachableRedis = Pick<RedisServer, 'servers' | 'ca'> & Partial<Pick<RedisServer, 'stop'>>;

export async function startClusterByOneNode(): Promise<ReachableRedis> {
  const { urls, stop } = await startRedisCluster();
  return { servers: { kind: 'cluster', urls: [urls[0]] }, stop };
}

async function replicate(replica: RedisNode, master: RedisNode): Promise<void> {
  const [id = ''] = await master.commands(['CLUSTER', 'MYID']);
  await eventually(() => replica.commands(['CLUSTER', 'REPLICATE', id]));
  await waitForSync(replica);
}

/** Waits until a replica has the data of its master. */
export const waitForSync = (replica: RedisNode): Promise<void> =>
  eventually(async () => {
    const [info] = await replica.commands(['INFO', 'replication']);
    if (!info?.includes('master_link_status:up')) throw new Error('the replica has not been synchronised');
  }, 30_000);

/** By default a master waits five seconds for further replicas. */
export const FAST_SYNC = ['--repl-diskless-sync-delay', '0'];

const SLOTS = 16_384;
/** The distance of the cluster bus from a node's port. */
const BUS = 10_000;

interface NodeOptions {
  url: string;
  ca: string | undefined;
  args: readonly string[];
  cluster?: boolean;
}

export type RedisNode = ReturnType<typeof startNode>;

export function startNode({ url, ca, args, cluster = false }: NodeOptions) {
  const command = redisProgram();
  if (!command) throw new Error('redis-server is not found');
  const commonArgs = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--loglevel', 'warning'];
  let server: ServerProcess;
  const start = () => {
    server = startProcess({ command, args: [...args, ...commonArgs] });
  };
  start();

  const commands = async (...list: string[][]) => {
    const tls = ca ? { tls: true as const, ca, checkServerIdentity: () => undefined } : {};
    const client = createClient({ url, socket: { ...tls, connectTimeout: 10_000, reconnectStrategy: false } });
    client.on('error', () => {});
    try {
      await client.connect();
      const replies = [];
      for (const words of list) replies.push(String(await client.sendCommand(words)));
      return replies;
    } finally {
      client.destroy();
    }
  };
  const waitForPing = () => whenReady(server, () => commands(['PING']));
  const ready = async () => {
    await waitForPing();
    if (!cluster) return;
    await eventually(async () => {
      const [info] = await commands(['CLUSTER', 'INFO']);
      if (!info?.includes('cluster_state:ok')) throw new Error(`the cluster does not form: ${info}`);
    }, 20_000);
  };
  return { url, start, commands, waitForPing, ready, process: () => server };
}

export function group(nodes: readonly RedisNode[], home: string) {
  const signal = (name: NodeJS.Signals) => {
    for (const node of nodes) node.process().signal(name);
  };
  const kill = async () => {
    signal('SIGKILL');
    await Promise.all(nodes.map((node) => node.process().ended));
  };
  return {
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    kill,
    directory: home,
    commands: async (...list: string[][]) => (await nodes[0]?.commands(...list)) ?? [],
    async restart() {
      await kill();
      for (const node of nodes) node.start();
      await Promise.all(nodes.map((node) => node.ready()));
    },
    async flush() {
      await Promise.all(nodes.map((node) => node.commands(['FLUSHALL'])));
    },
    async stop() {
      await kill();
      removeDirectory(home);
    },
  };
}

/** A self-signed certificate for 127.0.0.1. */
function makeCertificate(directory: string) {
  const file = (name: string) => join(directory, name);
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  execFileSync('openssl', [...request, '-keyout', file('key.pem'), '-out', file('cert.pem'), ...subject], {
    stdio: 'pipe',
  });
  return { certFile: file('cert.pem'), keyFile: file('key.pem'), ca: readFileSync(file('cert.pem'), 'utf8') };
}
