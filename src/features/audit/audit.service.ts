import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import { insertEvent } from './audit.repo.ts';
import type { AuditEvent } from './audit.ts';

export type Audit = ReturnType<typeof createAudit>;

/** Who did what, when, from where, how, and how it ended: one row and one log line an event. */
export function createAudit({ clock, log }: { clock: Clock; log: Log }) {
  return {
    /** @param db the transaction of what is recorded, where there is one: the event is as true as the deed */
    async record(db: Db, event: AuditEvent): Promise<void> {
      const now = clock.now();
      await insertEvent(db, newId(now), now, event);
      log.info(
        {
          audit: event.type,
          outcome: event.outcome,
          userId: event.userId,
          sessionId: event.sessionId,
          method: event.method,
          ip: event.client?.ip,
          requestId: event.client?.requestId,
          ...event.detail,
        },
        'audit',
      );
    },
  };
}
