import type { App } from '../app.ts';
import type { Config } from '../config.ts';
import type { Channel } from '../core/channel.ts';
import type { Log } from '../core/log.ts';
import { createRemoteHashScheduler } from '../features/credentials/shared-hash-scheduler.ts';
import { handleUnhandledErrors } from '../http/unhandled.ts';
import type { Database } from '../infra/db/client.ts';
import { describeServer, openServer } from '../main.ts';
import type { Orders } from './orders.ts';
import { createQueuePeers } from './queue-peers.ts';
import { answerScrapes } from './shared-metrics.ts';
import { LEAVING, STARTED, type Started } from './topics.ts';

interface Options {
  config: Config;
  log: Log;
  /** Migrated and ready. Closed at the end. */
  database: Database;
  channel: Channel;
  orders: Orders;
}

/**
 * Starts to serve as one of several workers.
 * @returns the exit code when it has ended: 0 after an order to stop, 1 after an uncaught exception
 */
export async function startWorker({
  config,
  log,
  database,
  channel,
  orders,
}: Options): Promise<{ ended: Promise<number> }> {
  const app = await openServer(config, {
    log,
    database,
    hashScheduler: createRemoteHashScheduler(channel),
    queuePeers: createQueuePeers(channel),
    shareMetrics: (metrics) => answerScrapes(channel, metrics),
  });
  channel.send(STARTED, { server: describeServer(config, app) } satisfies Started);
  return { ended: runUntilStopped(app, { log, channel, orders }) };
}

async function runUntilStopped(app: App, { log, channel, orders }: Pick<Options, 'log' | 'channel' | 'orders'>) {
  let hasWork = false;
  void orders.work.then(() => {
    hasWork = true;
    log.debug({}, 'this worker does the background work');
    app.startBackground();
  });
  const failed = new Promise<'failed'>((resolve) => {
    handleUnhandledErrors(process, { log, end: () => resolve('failed') });
  });
  const cause = await Promise.race([failed, orders.stop]);
  if (cause === 'failed') channel.send(LEAVING, null);
  await app.drain.run(app.http);
  // The requests of other workers may still write messages.
  if (cause === 'stop' && hasWork) await orders.last;
  await app.close();
  return cause === 'failed' ? 1 : 0;
}
