import { type Clock, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { WebhookType } from '../../core/webhook-types.ts';
import type { Db } from '../../infra/db/client.ts';
import { afterCommit, type Transact } from '../../infra/db/transact.ts';
import type { OpenWeb } from '../../infra/web/web.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { QueuePeers } from '../outbox/queue-worker.ts';
import { giveUpUnlisted, pruneDeliveries, retryGivenUp } from './webhook.repo.ts';
import { createWebhookFanOut } from './webhook-fan-out.service.ts';
import { createWebhookLane, LANE_WIDTH } from './webhook-lane.ts';
import { createWebhookSender } from './webhook-sender.ts';

/**
 * Tells other servers of the operator about events (Standard Webhooks). The audit event of a change is marked in the
 * transaction of the change; after the commit, a delivery is written for each endpoint and sent, at least once. Without
 * endpoints, it does nothing.
 */
export interface Webhooks {
  start(): void;
  /** @param timeout milliseconds to wait for deliveries on their way */
  close(timeout?: number): Promise<void>;
  /** Makes given-up deliveries due again, each once. Ignores other ones. Returns the ids of those retried. */
  retry(tx: Db, ids: readonly string[]): Promise<string[]>;
  /** Deletes up to `limit` finished rows whose retention period has ended; returns how many. */
  prune(limit: number): Promise<number>;
  /** Gives up on up to `limit` deliveries to endpoints that are no longer configured; returns how many. */
  giveUpUnlisted(limit: number): Promise<number>;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  log: Log;
  audit: Audit;
  openWeb: OpenWeb;
  /** Undefined: off. */
  webhooks: WebhookOptions | undefined;
  peers?: QueuePeers | undefined;
  /** 0 to 1; spreads the retries. */
  random?: () => number;
  /** Milliseconds. */
  pollInterval?: number;
}

interface WebhookOptions {
  /** The name is the URL without credentials and query, and unique. */
  endpoints: readonly { name: string; url: string }[];
  secrets: readonly string[];
  types: ReadonlySet<WebhookType>;
  privateHosts: readonly string[];
}

export function createWebhooks(dependencies: Dependencies): Webhooks {
  const { db, clock, webhooks } = dependencies;
  const endpoints = webhooks?.endpoints.map(({ name }) => name) ?? [];
  const { fanOut, lanes } = webhooks ? createWorkers(dependencies, webhooks) : { fanOut: [], lanes: [] };
  const workers = [...fanOut, ...lanes];

  return {
    start() {
      for (const worker of workers) worker.start();
    },
    async close(timeout) {
      await Promise.all(workers.map((worker) => worker.close(timeout)));
    },
    async retry(tx, ids) {
      const retried = ids.length === 0 ? [] : await retryGivenUp(tx, ids, clock.now());
      if (retried.length > 0) for (const lane of lanes) afterCommit(tx, lane.wake);
      return retried;
    },
    prune: (limit) => pruneDeliveries(db, clock.now(), limit),
    giveUpUnlisted: (limit) =>
      giveUpUnlisted(db, endpoints, { now: clock.now(), error: 'WEBHOOK_URL no longer lists it', limit }),
  };
}

function createWorkers(dependencies: Dependencies, { endpoints, types, secrets, privateHosts }: WebhookOptions) {
  const { db, transact, clock, log, audit, openWeb, peers, random = Math.random, pollInterval = SECOND } = dependencies;
  const send = createWebhookSender({
    urls: endpoints.map(({ url }) => url),
    secrets,
    privateHosts,
    openWeb,
    clock,
    maxConcurrent: LANE_WIDTH * endpoints.length,
  });
  const lanes = endpoints.map((endpoint) =>
    createWebhookLane(endpoint, { db, clock, log, send, random, pollInterval, peers }),
  );
  const fanOut = createWebhookFanOut({
    transact,
    clock,
    log,
    audit,
    types,
    pollInterval,
    peers,
    endpoints: endpoints.map(({ name }) => name),
    onWritten: () => {
      for (const lane of lanes) lane.wake();
    },
  });
  audit.onWebhookPending(fanOut.wake);
  return { fanOut: [fanOut], lanes };
}
