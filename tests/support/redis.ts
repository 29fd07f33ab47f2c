import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from 'redis';
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
  /** PEM of the certificate's issuer, with TLS. */
  readonly ca?: string;
  /** Makes it hang: it accepts connections and bytes, but never responds. */
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
  /** Kills it if it runs, then starts it again on the same ports, empty. */
  restart(): Promise<void>;
  /** Deletes everything. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export const redisProgram = (): string | undefined => findProgram('redis-server');

export async function startRedis({ tls = false }: { tls?: boolean } = {}): Promise<RedisServer> {
  const home = temporaryDirectory('redis');
  const port = await freePort();
  const url = `${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`;
  const ca = tls ? makeCertificate(home) : undefined;
  const secured = ['--port', '0', '--tls-port', String(port), '--tls-auth-clients', 'no'];
  for (const [option, file] of Object.entries({ cert: 'cert.pem', key: 'key.pem', 'ca-cert': 'cert.pem' })) {
    secured.push(`--tls-${option}-file`, join(home, file));
  }
  const node = startNode({ url, ca, args: [...(tls ? secured : ['--port', String(port)]), '--dir', home] });
  await node.ready();
  return { ...group([node], home), urls: [url], ...(ca ? { ca } : {}) };
}

/** Three masters without replicas, each with a third of the slots. */
export async function startRedisCluster(): Promise<RedisServer> {
  const home = temporaryDirectory('redis-cluster');
  const nodes = [];
  for (const index of [0, 1, 2]) {
    const port = await freePort(BUS);
    const args = ['--port', String(port), '--dir', home, '--cluster-enabled', 'yes'];
    args.push('--cluster-config-file', `nodes-${index}.conf`, '--cluster-node-timeout', '2000');
    nodes.push(startNode({ url: `redis://127.0.0.1:${port}`, ca: undefined, args, cluster: true }));
  }
  const [first, ...others] = nodes;
  if (!first) throw new Error('a cluster has at least one node');
  await Promise.all(nodes.map((node) => node.waitForPing()));
  await Promise.all(
    nodes.map((node, index) => {
      const [from, to] = [0, 1].map((step) => Math.floor((SLOTS * (index + step)) / nodes.length));
      return node.commands(
        ['CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1)],
        ['CLUSTER', 'ADDSLOTSRANGE', String(from), String(Number(to) - 1)],
      );
    }),
  );
  await first.commands(...others.map(({ url }) => ['CLUSTER', 'MEET', '127.0.0.1', new URL(url).port]));
  await Promise.all(nodes.map((node) => node.ready()));
  return { ...group(nodes, home), urls: [first.url, ...others.map(({ url }) => url)] };
}

const SLOTS = 16_384;
/** The distance of the cluster bus from a node's port. */
const BUS = 10_000;

interface NodeOptions {
  url: string;
  ca: string | undefined;
  args: readonly string[];
  cluster?: boolean;
}

function startNode({ url, ca, args, cluster = false }: NodeOptions) {
  const command = redisProgram();
  if (!command) throw new Error('redis-server is not found');
  const commonArgs = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--loglevel', 'warning'];
  let server: ServerProcess;
  const start = () => {
    server = startProcess({ command, args: [...args, ...commonArgs] });
  };
  start();

  const commands = async (...list: string[][]) => {
    const tls = ca ? { tls: true as const, ca } : {};
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

function group(nodes: readonly ReturnType<typeof startNode>[], home: string) {
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
function makeCertificate(directory: string): string {
  const file = (name: string) => join(directory, name);
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  execFileSync('openssl', [...request, '-keyout', file('key.pem'), '-out', file('cert.pem'), ...subject], {
    stdio: 'pipe',
  });
  return readFileSync(file('cert.pem'), 'utf8');
}
