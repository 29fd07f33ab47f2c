import { NotRetriable } from '../../core/admin-problems.ts';
import { badInput } from '../../core/bad-input.ts';
import type { Clock } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import { isStorableDate, type Page, parsePage, type Slice, toSlice } from '../../core/page.ts';
import { NotFound } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { Webhooks } from '../webhooks/webhooks.service.ts';
import {
  type Backlog,
  DELIVERY_CHANNELS,
  type Delivery,
  type DeliveryFilter,
  type DeliveryKind,
  type DeliveryListRequest,
} from './delivery.ts';
import { countDeliveries, deliveriesOnPage, findDelivery, readBacklog } from './delivery-list.repo.ts';

/** An administrator, or a command. */
export interface RetriedBy {
  actorId?: string | undefined;
  client?: Client | undefined;
}

/** Mail, text messages and webhooks: what is waiting, what was given up, and why. */
export interface Deliveries {
  /** Newest first. */
  list(request: DeliveryListRequest): Promise<Slice<Delivery> & { page: Page }>;
  /** How many were written from `since` until before `until`, in each channel and state. */
  count(since: Date, until: Date): Promise<(DeliveryKind & { count: number })[]>;
  /** What waits and what was given up, in each channel. */
  backlog(): Promise<Backlog[]>;
  /**
   * Makes a delivery that was given up due again, once. NotRetriable: also for a message whose code or link has expired,
   * and for every text message, which is sent at most once.
   */
  retry(id: string, by: RetriedBy): Promise<Delivery | NotFound | NotRetriable>;
  /** The same for all that match. Returns how many, and how many are not retriable. */
  retryAll(filter: Omit<DeliveryFilter, 'state'>, by: RetriedBy): Promise<{ retried: number; skipped: number }>;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
  audit: Audit;
  outbox: Outbox;
  webhooks: Webhooks;
}

/** Rows of one transaction. */
const BATCH = 100;

export function createDeliveries(dependencies: Dependencies): Deliveries {
  const { db, transact, clock, audit, outbox, webhooks } = dependencies;

  /** Returns the ids of those that are due again. */
  async function makeDue(tx: Db, found: readonly Delivery[]): Promise<string[]> {
    const idsOf = (channel: Delivery['channel']) =>
      found.filter((each) => each.channel === channel).map(({ id }) => id);
    return [...(await outbox.retry(tx, idsOf('MAIL'))), ...(await webhooks.retry(tx, idsOf('WEBHOOK')))];
  }

  async function record(tx: Db, { actorId, client }: RetriedBy, detail: Record<string, string | number>) {
    const method = client ? undefined : 'command-line';
    await audit.record(tx, { type: 'delivery', outcome: 'retried', actorId, client, method, detail });
  }

  return {
    async list({ filter, ...page }) {
      const query = { ...filter, page: parsePage(page, 'delivery'), now: clock.now() };
      for (const moment of [query.since, query.until])
        if (moment && !isStorableDate(moment)) throw badInput('The date must be after the year 0.');
      return { ...toSlice(await deliveriesOnPage(db, query), query.page), page: query.page };
    },

    async backlog() {
      const now = clock.now();
      const found = await readBacklog(db, now);
      return DELIVERY_CHANNELS.map((channel) => {
        const { waiting = 0, givenUp = 0, oldest } = found.find((each) => each.channel === channel) ?? {};
        return { channel, waiting, givenUp, oldestAge: oldest ? Math.max(0, now.getTime() - oldest.getTime()) : 0 };
      });
    },

    count: (since, until) => countDeliveries(db, { since, until, now: clock.now() }),

    async retry(id, by) {
      if (!isId(id)) return new NotFound();
      return transact(async (tx) => {
        const found = await findDelivery(tx, id, clock.now());
        if (!found) return new NotFound();
        if (found.state !== 'GIVEN_UP' || (await makeDue(tx, [found])).length === 0) return new NotRetriable();
        await record(tx, by, { delivery: found.id, channel: found.channel, kind: found.kind });
        return (await findDelivery(tx, id, clock.now())) ?? new NotFound();
      });
    },

    async retryAll(filter, by) {
      const counts = { retried: 0, skipped: 0 };
      let from: Page['from'];
      for (let size = BATCH; size === BATCH; ) {
        const page = { size: BATCH - 1, isBackward: false, from };
        const found = await deliveriesOnPage(db, { ...filter, state: 'GIVEN_UP', page, now: clock.now() });
        const last = found.at(-1);
        size = found.length;
        from = last && { key: last.createdAt.toISOString(), id: last.id };
        const retried = await transact(async (tx) => {
          const ids = await makeDue(tx, found);
          if (ids.length > 0) await record(tx, by, { deliveries: ids.length });
          return ids.length;
        });
        counts.retried += retried;
        counts.skipped += found.length - retried;
      }
      return counts;
    },
  };
}
