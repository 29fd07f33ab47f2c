import type { Db } from '../../infra/db/client.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import type { AuditEvent } from './audit.ts';

export async function insertEvent(db: Db, id: string, at: Date, event: AuditEvent): Promise<void> {
  await db.insert(auditEvents).values({
    id,
    at,
    type: event.type,
    outcome: event.outcome,
    userId: event.userId ?? null,
    sessionId: event.sessionId ?? null,
    method: event.method ?? null,
    ipAddress: event.client?.ip ?? null,
    requestId: event.client?.requestId ?? null,
    detail: event.detail ?? {},
  });
}
