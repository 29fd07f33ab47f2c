import type { Db } from '../../infra/db/client.ts';
import { placeholders, preparedOnce } from '../../infra/db/prepared.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import type { AuditEvent } from './audit.ts';

const insertion = preparedOnce((db) =>
  db
    .insert(auditEvents)
    .values(
      placeholders('id', 'at', 'type', 'outcome', 'userId', 'sessionId', 'method', 'ipAddress', 'requestId', 'detail'),
    )
    .prepare('insert_event'),
);

export async function insertEvent(db: Db, id: string, at: Date, event: AuditEvent): Promise<void> {
  await insertion(db).execute({
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
