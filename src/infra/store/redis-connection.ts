import { monotonic, SECOND } from '../../core/clock.ts';
import { type ConnectionOptions, createRedisClient } from './redis-clients.ts';
import { REVOKED_CHANNEL, tryCommands } from './redis-commands.ts';
import type { DirectServers } from './redis-servers.ts';

/** Milliseconds. */
const COMMAND_DEADLINE = 300;
/** Milliseconds for which PING is enough, once all commands have been tried. */
const TRIED_FOR = SECOND;

export type Connection = ReturnType<typeof connect>;

/** One node-redis client. Connects in the background, then subscribes to announcements. */
export function connect(servers: DirectServers, options: ConnectionOptions, onMessage: (message: string) => void) {
  const client = createRedisClient(servers, options);
  let isSubscribed = false;
  let state: 'connecting' | 'connected' | 'failed' = 'failed';
  let check: Promise<unknown> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  // A single client retries forever inside connect(); a cluster client rejects if no node responds.
  const start = () => {
    state = 'connecting';
    client.connect().then(
      () => {
        state = 'connected';
        if (closed) client.destroy();
      },
      () => {
        state = 'failed';
      },
    );
  };

  const subscribe = async () => {
    if (isSubscribed) return;
    isSubscribed = true; // node-redis resubscribes after each reconnect.
    await client.subscribe(REVOKED_CHANNEL, onMessage).catch((error: unknown) => {
      isSubscribed = false;
      throw error;
    });
  };

  const tryAll = async () => {
    const started = monotonic();
    await Promise.all([client.ping(), tryCommands(client, client.checkKeys())]);
    triedAt = started;
  };

  const runCheck = async (isDoubtful: boolean) => {
    await (isDoubtful || monotonic() - triedAt > TRIED_FOR ? tryAll() : client.ping());
    await subscribe();
  };

  start();
  return {
    client,
    /**
     * Returns why Redis cannot be used; undefined if it can. One check at a time: repeated writes would keep a dead socket
     * open.
     * @param isDoubtful whether PING is not enough
     */
    async findProblem(isDoubtful: boolean): Promise<unknown> {
      if (state === 'failed' && !closed) start();
      if (state === 'connecting' && servers.kind === 'cluster') return new Error('not connected');
      check ??= runCheck(isDoubtful).finally(() => {
        check = undefined;
      });
      return withinDeadline(check, options.deadline).then(
        () => undefined,
        (error: unknown) => error ?? new Error('no reason'),
      );
    },
    close() {
      closed = true;
      client.destroy();
    },
  };
}

export class TimedOut extends Error {}

/** Rejects with TimedOut if the work takes longer. @param deadline milliseconds */
export function withinDeadline<T>(work: Promise<T>, deadline = COMMAND_DEADLINE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut(`no response within ${deadline} ms`)), deadline);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
