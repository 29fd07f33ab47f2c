import { and, count, desc, eq, gt, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { outbox } from '../../infra/db/tables.ts';
import { type Finding, finding } from './finding.ts';

const SHOWN = 5;

/** Why text messages failed in the last day, the most frequent reason first. */
export async function examineDeliveries(db: Db): Promise<Finding[]> {
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
