import { and, eq, isNotNull } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { preparedOnce, toValues } from '../../infra/db/prepared.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import { eventInsert } from './audit.sql.ts';
import type { EventRow } from './audit.ts';

const insertion = preparedOnce((db) => eventInsert(db).prepare('insert_event'));

export async function insertEvent(db: Db, event: EventRow): Promise<void> {
  await insertion(db).execute(toValues({ event }));
}

/** Keeps the events and deletes the network addresses. */
export async function forgetAddresses(db: Db, userId: string): Promise<void> {
  await db
    .update(auditEvents)
    .set({ ipAddress: null })
    .where(and(eq(auditEvents.userId, userId), isNotNull(auditEvents.ipAddress)));
}
