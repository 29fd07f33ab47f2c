import { and, type SQL, sql } from 'drizzle-orm';
import { after, MINUTE } from '../../core/clock.ts';
import type { Page } from '../../core/page.ts';
import type { Db } from '../../infra/db/client.ts';
import { outbox, webhookDeliveries } from '../../infra/db/tables.ts';
import { BEING_SENT } from '../outbox/outbox.ts';
import type { Delivery, DeliveryChannel, DeliveryFilter, DeliveryKind, DeliveryState } from './delivery.ts';

type Times = Pick<DeliveryFilter, 'since' | 'until'>;

interface Query extends DeliveryFilter {
  now: Date;
  page: Page;
}

/**
 * Up to one row more than the page size, newest first, or oldest first if paging backwards. IDs grow with time. Of either
 * table, only the rows of the page are read. Cancelled messages are left out, and so are decoys, which look like them.
 */
export async function deliveriesOnPage(db: Db, query: Query): Promise<Delivery[]> {
  const { page, channel } = query;
  const order = sql.raw(page.isBackward ? 'asc' : 'desc');
  const parts = [
    ...(channel === 'WEBHOOK' ? [] : [messages(query.now)]),
    ...(channel && channel !== 'WEBHOOK' ? [] : [webhooks()]),
  ].map(
    (part) =>
      sql`(select * from (${part}) as delivery where ${conditions(query)} order by id ${order} limit ${page.size + 1})`,
  );
  return read(
    db,
    sql`select * from (${sql.join(parts, sql` union all `)}) as delivery order by id ${order} limit ${page.size + 1}`,
  );
}

export async function findDelivery(db: Db, id: string, now: Date): Promise<Delivery | undefined> {
  const parts = [messages(now), webhooks()].map(
    (part) => sql`(select * from (${part}) as delivery where id = ${id}::uuid)`,
  );
  const [found] = await read(db, sql.join(parts, sql` union all `));
  return found;
}

/** How many were written in the time, in each channel and state. Reads only its rows. */
export const countDeliveries = (
  db: Db,
  { now, ...times }: Required<Times> & { now: Date },
): Promise<(DeliveryKind & { count: number })[]> =>
  db
    .select({
      channel: sql<DeliveryChannel>`channel`,
      state: sql<DeliveryState>`state`,
      count: sql<number>`count(*)::int`,
    })
    .from(sql`(${messages(now)} union all ${webhooks()}) as delivery`)
    .where(and(...wasWritten(times)))
    .groupBy(sql`channel`, sql`state`);

/** What waits and what was given up, of the channels that have any. Reads only these rows. */
export const readBacklog = (
  db: Db,
  now: Date,
): Promise<{ channel: DeliveryChannel; waiting: number; givenUp: number; oldest: Date | null }[]> =>
  db
    .select({
      channel: sql<DeliveryChannel>`channel`,
      waiting: sql<number>`(count(*) filter (where state = 'WAITING'))::int`,
      givenUp: sql<number>`(count(*) filter (where state = 'GIVEN_UP'))::int`,
      oldest: sql`min(created_at) filter (where state = 'WAITING')`.mapWith(outbox.createdAt),
    })
    .from(sql`(${messages(now)} union all ${webhooks()}) as delivery`)
    .where(sql`stored in ('pending', 'dead')`)
    .groupBy(sql`channel`);

/** A text message is marked as dead before it is handed to the gateway. Until its lease ends, it is being sent. */
const messages = (now: Date): SQL => sql`
  select id, case channel when 'EMAIL' then 'MAIL' else channel end as channel, kind, recipient,
    case
      when state = 'pending' then 'WAITING'
      when state = 'dead' and channel = 'SMS' and last_error = ${BEING_SENT} and next_attempt_at > ${now.toISOString()}::timestamptz
        then 'WAITING'
      when state = 'dead' then 'GIVEN_UP'
      else upper(state)
    end as state,
    attempts, created_at, next_attempt_at, last_error, state as stored
  from ${outbox} where state <> 'discarded'`;

const webhooks = (): SQL => sql`
  select id, 'WEBHOOK' as channel, type as kind, endpoint as recipient,
    case state when 'pending' then 'WAITING' when 'dead' then 'GIVEN_UP' else upper(state) end as state,
    attempts, created_at, next_attempt_at, last_error, state as stored
  from ${webhookDeliveries}`;

/** Follows from the state that is shown, and lets the partial indexes find the rows. */
const STORED: Record<DeliveryState, SQL> = {
  WAITING: sql`stored in ('pending', 'dead')`,
  SENT: sql`stored = 'sent'`,
  GIVEN_UP: sql`stored = 'dead'`,
  EXPIRED: sql`stored = 'expired'`,
};

function conditions({ channel, state, since, until, page: { from, isBackward } }: Query): SQL {
  return sql.join(
    [
      sql`true`,
      ...(channel ? [sql`channel = ${channel}`] : []),
      ...(state ? [sql`state = ${state}`, STORED[state]] : []),
      ...wasWritten({ since, until }),
      ...(from ? [sql`id ${sql.raw(isBackward ? '>' : '<')} ${from.id}::uuid`] : []),
    ],
    sql` and `,
  );
}

/** The primary key finds the time; a row may be written a moment after its id was made. */
const wasWritten = ({ since, until }: Times): SQL[] => [
  ...(since
    ? [sql`created_at >= ${since.toISOString()}::timestamptz and id >= ${firstId(after(since, -MINUTE))}::uuid`]
    : []),
  ...(until
    ? [sql`created_at < ${until.toISOString()}::timestamptz and id < ${firstId(after(until, MINUTE))}::uuid`]
    : []),
];

/** The lowest UUIDv7 of a millisecond. */
function firstId(moment: Date): string {
  const time = Math.min(Math.max(0, moment.getTime()), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

interface Row {
  id: string;
  channel: Delivery['channel'];
  kind: string;
  recipient: string | null;
  state: Delivery['state'];
  attempts: number;
  created_at: Date | string;
  next_attempt_at: Date | string;
  last_error: string | null;
}

async function read(db: Db, query: SQL): Promise<Delivery[]> {
  const result: unknown = await db.execute(query);
  // postgres.js returns an array, PGlite an object with one.
  const rows = (Array.isArray(result) ? result : (result as { rows: unknown[] }).rows) as Row[];
  return rows.map(({ id, channel, kind, recipient, state, attempts, created_at, next_attempt_at, last_error }) => ({
    id,
    channel,
    kind,
    recipient,
    state,
    attempts,
    createdAt: new Date(created_at),
    nextAttemptAt: state === 'WAITING' ? new Date(next_attempt_at) : null,
    error: last_error,
  }));
}
