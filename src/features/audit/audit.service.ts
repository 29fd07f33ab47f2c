import { after, type Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { afterCommit } from '../../infra/db/transact.ts';
import { forgetAddresses, insertEvent, pruneEvents } from './audit.repo.ts';
import { type AuditEvent, type EventDraft, isCounted, toRow } from './audit.ts';
import { logEvent } from './audit-line.ts';
import { createRefusalCounts } from './refusal-counts.ts';

/** Records security events: one row and one log line each, and for repeated refusals of one kind a count. */
export interface Audit {
  /**
   * @param db the transaction of the event, if there is one: the row and the log line exist only if it commits. A
   *   refusal is counted after the commit and written within seconds, so that no request waits for it.
   */
  record(db: Db, event: AuditEvent): Promise<void>;
  /** The row, for a statement that writes more than this row; it must call `report`. */
  draft(event: AuditEvent): EventDraft;
  /** Writes the log line after the commit. */
  report(db: Db, event: AuditEvent): void;
  /** Deletes the network addresses from a user's events. The events stay. */
  forgetAddresses(db: Db, userId: string): Promise<void>;
  /** Deletes at most `limit` events that are older than AUDIT_RETENTION. Returns how many. */
  prune(limit: number): Promise<number>;
  /** Writes the refusals that have been counted so far. */
  close(): Promise<void>;
}

interface Dependencies {
  db: Db;
  clock: Clock;
  log: Log;
  keyring: Keyring;
  /** Milliseconds; 0 keeps all events. */
  retention: number;
}

export function createAudit({ db, clock, log, keyring, retention }: Dependencies): Audit {
  const refusals = createRefusalCounts({ db, clock, log, keyring });

  function draft(event: AuditEvent): EventDraft {
    const now = clock.now();
    return { ...toRow(event, newId(now), now), webhookPending: false };
  }

  const report = (db: Db, event: AuditEvent): void => afterCommit(db, () => logEvent(log, event));

  return {
    async record(db, event) {
      if (isCounted(event)) return afterCommit(db, () => refusals.count(event));
      await insertEvent(db, draft(event));
      report(db, event);
    },
    draft,
    report,
    async forgetAddresses(db, userId) {
      await forgetAddresses(db, userId);
      afterCommit(db, () => refusals.forgetAddresses(userId));
    },
    prune: async (limit) => (retention === 0 ? 0 : pruneEvents(db, after(clock.now(), -retention), limit)),
    close: refusals.close,
  };
}
