import { after, type Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Log } from '../../core/log.ts';
import type { Keyring } from '../../core/secrets.ts';
import type { Db } from '../../infra/db/client.ts';
import { afterCommit } from '../../infra/db/transact.ts';
import { forgetAddresses, insertEvent, pruneEvents, takePendingWebhooks } from './audit.repo.ts';
import { type AuditEvent, type EventDraft, type EventRow, isCounted, toRow } from './audit.ts';
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
  /** Calls the listener after the commit of an event that has a webhook. */
  onWebhookPending(listener: () => void): void;
  /** Up to `limit` events whose webhooks are to be written, the oldest first. The caller writes them in the transaction. */
  takePendingWebhooks(tx: Db, limit: number): Promise<EventRow[]>;
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
  /** Whether a webhook is sent for the event. Undefined: there are no webhooks. */
  hasWebhook?: ((event: AuditEvent) => boolean) | undefined;
}

export function createAudit({ db, clock, log, keyring, retention, hasWebhook }: Dependencies): Audit {
  let onPending = () => {};
  const refusals = createRefusalCounts({ db, clock, log, keyring });

  function draft(event: AuditEvent): EventDraft {
    const now = clock.now();
    return { ...toRow(event, newId(now), now), webhookPending: hasWebhook?.(event) ?? false };
  }

  function report(db: Db, event: AuditEvent): void {
    afterCommit(db, () => logEvent(log, event));
    if (hasWebhook?.(event)) afterCommit(db, () => onPending());
  }

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
    onWebhookPending(listener) {
      onPending = listener;
    },
    takePendingWebhooks,
    async prune(limit) {
      if (retention === 0) return 0;
      const before = after(clock.now(), -retention);
      return pruneEvents(db, { before, keepsPending: hasWebhook !== undefined, limit });
    },
    close: refusals.close,
  };
}
