import { createWebhooks } from '../features/webhooks/webhooks.service.ts';
import type { Foundation } from './foundation.ts';
import type { Infrastructure } from './infrastructure.ts';

/** What leaves the service besides messages to users. */
export function createDeliveryServices(foundation: Foundation, { openWeb }: Infrastructure) {
  const { config, db, transact, clock, log, audit } = foundation;
  const webhooks = createWebhooks({ db, transact, clock, log, audit, openWeb, webhooks: config.webhooks });
  return { webhooks };
}
