import { after, type Clock, earlier, MINUTE, SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import { createQueueWorker, type QueuePeers, type QueueWorker } from '../outbox/queue-worker.ts';
import { type Circuit, createCircuit } from './circuit.ts';
import { deferDelivery, giveUp, giveUpOverdue, leaseDue, markSent } from './webhook.repo.ts';
import { LONGEST_RETRY_AFTER, retryDelay, type StoredEvent, type WebhookDelivery } from './webhook.ts';
import { composePayload } from './webhook-payload.ts';
import type { SendWebhook } from './webhook-sender.ts';
import { findSession, findUser } from './webhook-subject.repo.ts';

/** Deliveries to one endpoint at once, of each replica. */
export const LANE_WIDTH = 8;
/** Rows of one statement. */
const BATCH = 500;
/** A delivery that was leased so often killed its workers. Two days have about twenty attempts. */
const MAX_ATTEMPTS = 100;

interface Dependencies {
  db: Db;
  clock: Clock;
  log: Log;
  send: SendWebhook;
  /** 0 to 1; spreads the retries. */
  random: () => number;
  /** Milliseconds. */
  pollInterval: number;
  peers: QueuePeers | undefined;
}

/**
 * Delivers what waits for one endpoint, at least once, so that a receiver that hangs or is down delays no other one. While
 * it is down, one delivery at a time probes it, and the others wait. Those whose time is over by then are given up, too.
 */
export function createWebhookLane(endpoint: { name: string; url: string }, dependencies: Dependencies): QueueWorker {
  const { db, clock, log, send, random, pollInterval, peers } = dependencies;
  const circuit = createCircuit({ most: LANE_WIDTH, random });
  let mayHaveMore = false;

  async function attempt(row: WebhookDelivery) {
    const event = row.event as StoredEvent; // Written by the fan-out only.
    const user = event.userId === null ? undefined : await findUser(db, event.userId);
    const session = event.sessionId === null ? undefined : await findSession(db, event.sessionId);
    return send(endpoint.url, row.eventId, composePayload(row.type, event, user, session));
  }

  async function fail(row: WebhookDelivery, error: string, retryAfter: number): Promise<void> {
    const now = clock.now();
    const facts = { delivery: row.id, type: row.type, endpoint: endpoint.name, attempts: row.attempts, error };
    if (row.giveUpAt <= now || row.attempts > MAX_ATTEMPTS) {
      await giveUp(db, row, now, error);
      log.error(facts, 'gave up on a webhook');
    } else {
      const delay = Math.max(retryDelay(row.attempts, random()), retryAfter);
      await deferDelivery(db, row, earlier(after(now, delay), row.giveUpAt), error);
      log.debug({ ...facts, retryInSeconds: Math.round(delay / SECOND) }, 'a webhook was not accepted yet');
    }
  }

  /** While single deliveries probe the receiver, the attempts of the others may all be missed. */
  async function giveUpOthers(error: string): Promise<void> {
    let given = 0;
    for (let batch = BATCH; batch === BATCH; given += batch)
      batch = await giveUpOverdue(db, endpoint.name, { now: clock.now(), error, limit: BATCH });
    if (given > 0) log.error({ endpoint: endpoint.name, deliveries: given, error }, 'gave up on webhooks');
  }

  async function deliver(row: WebhookDelivery): Promise<void> {
    const current = circuit.begin();
    const result = await attempt(row);
    if (result.outcome === 'sent') {
      reportChange(circuit, () => current.succeeded());
      return markSent(db, row.id, clock.now());
    }
    const retryAfter = Math.min(result.retryAfter ?? 0, LONGEST_RETRY_AFTER);
    reportChange(circuit, () => current.failed(Math.min(retryAfter, 5 * MINUTE)), result.error);
    await fail(row, result.error, retryAfter);
    if (circuit.isOpen()) await giveUpOthers(result.error);
  }

  function reportChange({ isOpen }: Circuit, change: () => void, error?: string): void {
    const before = isOpen();
    change();
    if (before === isOpen()) return;
    const facts = { endpoint: endpoint.name, error };
    if (isOpen()) log.warn(facts, 'a webhook receiver fails: one delivery at a time is retried, and the others wait');
    else log.info(facts, 'a webhook receiver works again');
  }

  const worker: QueueWorker = createQueueWorker<WebhookDelivery>({
    queue: `webhooks to ${endpoint.name}`,
    async lease(free) {
      const limit = circuit.width() - (LANE_WIDTH - free);
      if (limit <= 0) return [];
      const rows = await leaseDue(db, endpoint.name, clock.now(), limit);
      mayHaveMore = rows.length === limit;
      return rows;
    },
    async deliver(row) {
      await deliver(row);
      // Not before the worker has counted this one as delivered.
      if (mayHaveMore) setImmediate(worker.wake);
    },
    log,
    concurrency: LANE_WIDTH,
    pollInterval,
    peers,
  });
  return worker;
}
