import { and, count, desc, eq, gt, isNotNull, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { outbox, webhookDeliveries } from '../../infra/db/tables.ts';
import { type Finding, finding } from './finding.ts';

const SHOWN = 5;

export const examineDeliveries = async (db: Db): Promise<Finding[]> => [
  ...(await examineTexts(db)),
  ...(await examineWebhookDeliveries(db)),
];

/** Why text messages failed in the last day, the most frequent reason first. */
async function examineTexts(db: Db): Promise<Finding[]> {
  const failures = await db
    .select({ error: outbox.lastError, messages: count() })
    .from(outbox)
    .where(
      and(eq(outbox.channel, 'SMS'), eq(outbox.state, 'dead'), gt(outbox.finishedAt, sql`now() - interval '1 day'`)),
    )
    .groupBy(outbox.lastError)
    .orderBy(desc(count()))
    .limit(SHOWN);
  return failures.map(({ error, messages }) =>
    finding('doubtful', 'sms', `not delivered in the last day: ${messages} (${error ?? 'no reason given'})`),
  );
}

/** Webhooks that fail: those that wait after a failed attempt, and those that were given up in the last day. */
async function examineWebhookDeliveries(db: Db): Promise<Finding[]> {
  const { state, endpoint, lastError, attempts, finishedAt } = webhookDeliveries;
  const failing = await db
    .select({ state, endpoint, error: sql<string | null>`max(${lastError})`, deliveries: count() })
    .from(webhookDeliveries)
    .where(
      or(
        and(eq(state, 'pending'), gt(attempts, 0), isNotNull(lastError)),
        and(eq(state, 'dead'), gt(finishedAt, sql`now() - interval '1 day'`)),
      ),
    )
    .groupBy(state, endpoint)
    .orderBy(desc(count()))
    .limit(SHOWN);
  return failing.map(({ state, endpoint, error, deliveries }) =>
    finding(
      'doubtful',
      'webhooks',
      `${state === 'dead' ? 'given up in the last day' : 'waiting after a failure'}: ${deliveries} to ${endpoint} (${error ?? 'no reason given'})`,
      state === 'dead' ? 'when the receiver works: latchkey deliveries retry --all --channel webhook' : undefined,
    ),
  );
}
