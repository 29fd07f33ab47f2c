import { createDeliveries } from '../features/deliveries/deliveries.service.ts';
import type { Outbox } from '../features/outbox/outbox.service.ts';
import { createStatistics } from '../features/statistics/statistics.service.ts';
import { createWebhooks } from '../features/webhooks/webhooks.service.ts';
import type { Foundation } from './foundation.ts';
import type { Infrastructure } from './infrastructure.ts';

/** Webhooks, the list of all that is sent, and the counts for charts. */
export function createDeliveryServices(
  foundation: Foundation,
  outbox: Outbox,
  { openWeb, queuePeers }: Infrastructure,
) {
  const { config, db, transact, clock, log, audit } = foundation;
  const webhooks = createWebhooks({
    db,
    transact,
    clock,
    log,
    audit,
    openWeb,
    webhooks: config.webhooks,
    peers: queuePeers,
  });
  const deliveries = createDeliveries({ db, transact, clock, audit, outbox, webhooks });
  return { webhooks, deliveries, statistics: createStatistics({ db, clock, deliveries }) };
}
