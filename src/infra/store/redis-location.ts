import { createClient } from 'redis';
import { monotonic, SECOND } from '../../core/clock.ts';
import { type ConnectionOptions, commonOptions, ignoreError, socketOptions } from './redis-clients.ts';
import { withinDeadline } from './redis-connection.ts';
import {
  type Address,
  type DirectServers,
  isTls,
  moveUrl,
  type RedisServers,
  type SentinelServers,
} from './redis-servers.ts';

/** Where to connect to. It changes only with sentinels, after a failover. */
export interface Location {
  /**
   * Undefined while no sentinel has named a master. The same object while nothing has changed.
   * @param isWorking whether the server that was found last can be used
   */
  find(isWorking: boolean): Promise<DirectServers | undefined>;
  close(): void;
}

export const locate = (servers: RedisServers, options: ConnectionOptions): Location =>
  servers.kind === 'sentinel' ? followMaster(servers, options) : { find: async () => servers, close: () => {} };

/** Milliseconds between two questions while the master works: it may be cut off from the sentinels, and replaced. */
const ASK_INTERVAL = SECOND;
/** Milliseconds. Longer than the interval between two questions, which keep the connection alive. */
const SILENCE = 5 * SECOND;

/**
 * Asks all sentinels, and connects to what most of them say. `createSentinel` of node-redis would hold commands back during
 * a failover and send them again, which counts twice, and does not notice that a hung master was replaced.
 */
function followMaster({ urls, master, node }: SentinelServers, options: ConnectionOptions): Location {
  const sentinels = urls.map((url) => openSentinel(url, master, options));
  let current: DirectServers | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    async find(isWorking) {
      if (isWorking && monotonic() - askedAt < ASK_INTERVAL) return current;
      askedAt = monotonic();
      const answers = await Promise.all(sentinels.map((sentinel) => sentinel.ask()));
      const named = answers.flatMap((answer) => (answer ? [moveUrl(node, answer)] : []));
      const url = chooseMaster(named, current?.urls[0], isWorking);
      if (url && url !== current?.urls[0]) current = { kind: 'single', urls: [url] };
      return current;
    },
    close() {
      for (const sentinel of sentinels) sentinel.close();
    },
  };
}

/** What most sentinels say. If as many say something else, what is used now if it works, otherwise another. */
export function chooseMaster(
  named: readonly string[],
  current: string | undefined,
  isWorking: boolean,
): string | undefined {
  const votes = (url: string) => named.filter((other) => other === url).length;
  const most = Math.max(...named.map(votes));
  const favourites = named.filter((url) => votes(url) === most);
  return favourites.find((url) => (url === current) === isWorking) ?? favourites[0];
}

/** Keeps one connection. */
function openSentinel(url: string, master: string, options: ConnectionOptions) {
  const client = createClient({
    ...commonOptions,
    RESP: 2, // Sentinels before 6.0 lack HELLO.
    url,
    socket: { ...socketOptions(isTls(url), options), socketTimeout: SILENCE },
  });
  client.on('error', ignoreError);
  client.connect().catch(ignoreError);
  let question: Promise<Address | undefined> | undefined;
  return {
    /** Undefined if the sentinel does not respond or does not know the master. One question at a time. */
    async ask(): Promise<Address | undefined> {
      question ??= askForMaster(client, master).finally(() => {
        question = undefined;
      });
      return withinDeadline(question, options.deadline).catch(() => undefined);
    },
    close: () => client.destroy(),
  };
}

interface Sentinel {
  sendCommand(words: string[]): Promise<unknown>;
}

/** Rejects if the sentinel does not respond. @returns undefined if it does not know the master */
export async function askForMaster(sentinel: Sentinel, master: string): Promise<Address | undefined> {
  const reply = await sentinel.sendCommand(['SENTINEL', 'GET-MASTER-ADDR-BY-NAME', master]);
  if (!Array.isArray(reply)) return undefined;
  const [host, port] = reply.map(String);
  return host && Number(port) > 0 ? { host, port: Number(port) } : undefined;
}
