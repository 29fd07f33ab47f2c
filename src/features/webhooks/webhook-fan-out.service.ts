import { after, type Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { WebhookType } from '../../core/webhook-types.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { EventRow } from '../audit/audit.ts';
import { createQueueWorker, type QueuePeers, type QueueWorker } from '../outbox/queue-worker.ts';
import { insertDeliveries } from './webhook.repo.ts';
import { GIVE_UP_AFTER, type WebhookDelivery } from './webhook.ts';
import { findWebhookType } from './webhook-events.ts';
import { toStoredEvent } from './webhook-payload.ts';

/** Events of one transaction. */
const BATCH = 100;

interface Dependencies {
  transact: Transact;
  clock: Clock;
  log: Log;
  audit: Audit;
  types: ReadonlySet<WebhookType>;
  /** Names of the endpoints. */
  endpoints: readonly string[];
  /** Milliseconds. */
  pollInterval: number;
  peers: QueuePeers | undefined;
  /** Called after the commit. */
  onWritten(): void;
}

/** Writes a delivery to each endpoint for each marked audit event, and removes the mark, in one transaction. */
export function createWebhookFanOut(dependencies: Dependencies): QueueWorker {
  const { transact, clock, log, audit, types, endpoints, pollInterval, peers, onWritten } = dependencies;

  function draft(event: EventRow): WebhookDelivery[] {
    const type = findWebhookType(event);
    if (!type || !types.has(type)) return []; // WEBHOOK_EVENTS has changed since.
    const now = clock.now();
    return endpoints.map((endpoint) => ({
      id: newId(now),
      eventId: event.id,
      type,
      endpoint,
      event: toStoredEvent(type, event),
      state: 'pending',
      attempts: 0,
      nextAttemptAt: now,
      giveUpAt: after(now, GIVE_UP_AFTER),
      lastError: null,
      createdAt: now,
      finishedAt: null,
    }));
  }

  const worker: QueueWorker = createQueueWorker<never>({
    queue: 'webhook events',
    async lease() {
      const taken = await transact(async (tx) => {
        const events = await audit.takePendingWebhooks(tx, BATCH);
        await insertDeliveries(tx, events.flatMap(draft));
        return events.length;
      });
      if (taken > 0) onWritten();
      if (taken === BATCH) setImmediate(() => worker.wake());
      return [];
    },
    deliver: async () => {},
    log,
    concurrency: 1,
    pollInterval,
    peers,
  });
  return worker;
}
