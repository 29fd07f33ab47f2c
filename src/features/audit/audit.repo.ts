import { and, eq, isNotNull } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { placeholders, preparedOnce } from '../../infra/db/prepared.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import { EVENT_COLUMNS, type EventRow } from './audit.ts';

const insertion = preparedOnce((db) =>
  db
    .insert(auditEvents)
    .values(placeholders(...EVENT_COLUMNS))
    .prepare('insert_event'),
);

export async function insertEvent(db: Db, row: EventRow): Promise<void> {
  await insertion(db).execute(row);
}

/** What happened stays; from where is forgotten. */
export async function forgetAddresses(db: Db, userId: string): Promise<void> {
  await db
    .update(auditEvents)
    .set({ ipAddress: null })
    .where(and(eq(auditEvents.userId, userId), isNotNull(auditEvents.ipAddress)));
}
