import type { Db } from '../../infra/db/client.ts';
import { placeholders, preparedOnce } from '../../infra/db/prepared.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import type { EventRow } from './audit.ts';

const insertion = preparedOnce((db) =>
  db
    .insert(auditEvents)
    .values(
      placeholders('id', 'at', 'type', 'outcome', 'userId', 'sessionId', 'method', 'ipAddress', 'requestId', 'detail'),
    )
    .prepare('insert_event'),
);

export async function insertEvent(db: Db, row: EventRow): Promise<void> {
  await insertion(db).execute(row);
}
