import { and, asc, eq, inArray, lt, lte, notInArray, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { after } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { webhookDeliveries } from '../../infra/db/tables.ts';
import { GIVE_UP_AFTER, KEEP_GIVEN_UP, KEEP_SENT, LEASE, type WebhookDelivery } from './webhook.ts';

/** An array, because the planner may run `in (select …)` more than once, which defeats its limit and its locks. */
const isAmong = (ids: SQLWrapper) => sql`${webhookDeliveries.id} = any(array(${ids}))`;

export async function insertDeliveries(db: Db, rows: readonly WebhookDelivery[]): Promise<void> {
  if (rows.length > 0) await db.insert(webhookDeliveries).values([...rows]);
}

/** Leases up to `limit` due deliveries of an endpoint, each to one worker, the one that is due first at first. */
export async function leaseDue(db: Db, endpoint: string, now: Date, limit: number): Promise<WebhookDelivery[]> {
  const due = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      and(
        eq(webhookDeliveries.endpoint, endpoint),
        eq(webhookDeliveries.state, 'pending'),
        lte(webhookDeliveries.nextAttemptAt, now),
      ),
    )
    .orderBy(asc(webhookDeliveries.nextAttemptAt))
    .limit(limit)
    .for('update', { skipLocked: true });
  return db
    .update(webhookDeliveries)
    .set({ attempts: sql`${webhookDeliveries.attempts} + 1`, nextAttemptAt: after(now, LEASE) })
    .where(isAmong(due))
    .returning();
}

/** Whatever another worker does with it meanwhile: the receiver has it. */
export async function markSent(db: Db, id: string, now: Date): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({ state: 'sent', finishedAt: now, lastError: null })
    .where(and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.state, 'pending')));
}

/** Not if another worker has leased it since. */
const isLeasedAs = ({ id, attempts }: Pick<WebhookDelivery, 'id' | 'attempts'>) =>
  and(eq(webhookDeliveries.id, id), eq(webhookDeliveries.state, 'pending'), eq(webhookDeliveries.attempts, attempts));

export async function deferDelivery(db: Db, row: WebhookDelivery, next: Date, error: string): Promise<void> {
  await db.update(webhookDeliveries).set({ nextAttemptAt: next, lastError: error }).where(isLeasedAs(row));
}

export async function giveUp(db: Db, row: WebhookDelivery, now: Date, error: string): Promise<void> {
  await db.update(webhookDeliveries).set({ state: 'dead', finishedAt: now, lastError: error }).where(isLeasedAs(row));
}

interface GivingUp {
  now: Date;
  error: string;
  limit: number;
}

/** Gives up waiting deliveries to an endpoint whose time is over, up to `limit`. Returns how many. */
export const giveUpOverdue = (db: Db, endpoint: string, rest: GivingUp): Promise<number> =>
  giveUpWaiting(db, eq(webhookDeliveries.endpoint, endpoint), rest);

/** The same for endpoints that are no longer configured. */
export const giveUpUnlisted = (db: Db, endpoints: readonly string[], rest: GivingUp): Promise<number> =>
  giveUpWaiting(db, notInArray(webhookDeliveries.endpoint, [...endpoints]), rest);

async function giveUpWaiting(db: Db, condition: SQL, { now, error, limit }: GivingUp): Promise<number> {
  const overdue = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      and(
        condition,
        eq(webhookDeliveries.state, 'pending'),
        lte(webhookDeliveries.giveUpAt, now),
        lte(webhookDeliveries.nextAttemptAt, now), // Not leased.
      ),
    )
    .limit(limit)
    .for('update', { skipLocked: true });
  const given = await db
    .update(webhookDeliveries)
    .set({ state: 'dead', finishedAt: now, lastError: sql`coalesce(${webhookDeliveries.lastError}, ${error})` })
    .where(isAmong(overdue))
    .returning({ id: webhookDeliveries.id });
  return given.length;
}

/** Makes given-up deliveries due again, each once. Ignores other ones. Returns the ids of those retried. */
export async function retryGivenUp(db: Db, ids: readonly string[], now: Date): Promise<string[]> {
  const retried = await db
    .update(webhookDeliveries)
    .set({
      state: 'pending',
      attempts: 0,
      nextAttemptAt: now,
      giveUpAt: after(now, GIVE_UP_AFTER),
      finishedAt: null,
    })
    .where(and(inArray(webhookDeliveries.id, [...ids]), eq(webhookDeliveries.state, 'dead')))
    .returning({ id: webhookDeliveries.id });
  return retried.map(({ id }) => id);
}

/** Deletes up to `limit` finished rows whose retention period has ended; returns how many. */
export async function pruneDeliveries(db: Db, now: Date, limit: number): Promise<number> {
  const outdated = db
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(
      or(
        lt(webhookDeliveries.finishedAt, after(now, -KEEP_GIVEN_UP)),
        and(lt(webhookDeliveries.finishedAt, after(now, -KEEP_SENT)), eq(webhookDeliveries.state, 'sent')),
      ),
    )
    .limit(limit)
    .for('update', { skipLocked: true });
  const deleted = await db.delete(webhookDeliveries).where(isAmong(outdated)).returning({ id: webhookDeliveries.id });
  return deleted.length;
}
