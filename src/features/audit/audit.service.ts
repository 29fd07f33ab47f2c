import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Db } from '../../infra/db/client.ts';
import { afterCommit } from '../../infra/db/transact.ts';
import { forgetAddresses, insertEvent } from './audit.repo.ts';
import type { AuditEvent, EventRow } from './audit.ts';

/** Records security events: one row and one log line each. */
export interface Audit {
  /** @param db the transaction of the event, if there is one: the row and the log line exist only if it commits */
  record(db: Db, event: AuditEvent): Promise<void>;
  /** The row, for a statement that writes more than this row; it must call `report`. */
  draft(event: AuditEvent): EventRow;
  /** Writes the log line after the commit. */
  report(db: Db, event: AuditEvent): void;
  /** Deletes the network addresses from a user's events. The events stay. */
  forgetAddresses(db: Db, userId: string): Promise<void>;
}

export function createAudit({ clock, log }: { clock: Clock; log: Log }): Audit {
  function draft(event: AuditEvent): EventRow {
    const now = clock.now();
    return {
      id: newId(now),
      at: now,
      type: event.type,
      outcome: event.outcome,
      userId: event.userId ?? null,
      sessionId: event.sessionId ?? null,
      method: event.method ?? null,
      ipAddress: event.client?.ip ?? null,
      requestId: event.client?.requestId ?? null,
      count: 1,
      lastAt: null,
      detail: {
        ...event.detail,
        ...(event.actorId === undefined ? {} : { actorId: event.actorId }),
        ...(event.reason === undefined ? {} : { reason: event.reason }),
      },
    };
  }

  function writeLine(event: AuditEvent): void {
    log.info(
      {
        audit: event.type,
        outcome: event.outcome,
        userId: event.userId,
        actorId: event.actorId,
        sessionId: event.sessionId,
        method: event.method,
        ip: event.client?.ip,
        requestId: event.client?.requestId,
        ...event.detail,
      },
      'audit',
    );
  }

  const report = (db: Db, event: AuditEvent): void => afterCommit(db, () => writeLine(event));

  return {
    async record(db, event) {
      await insertEvent(db, draft(event));
      report(db, event);
    },
    draft,
    report,
    forgetAddresses,
  };
}
