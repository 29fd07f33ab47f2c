import type { Log } from '../../core/log.ts';
import { type AuditEvent, actorOf } from './audit.ts';

/** Writes the log line of an event. @param count of further refusals like this one, since the line before */
export function logEvent(log: Log, event: AuditEvent, count?: number): void {
  const { type, outcome, userId, sessionId, method, client, detail } = event;
  // Of further refusals, session and request are only those of the first.
  const single = count === undefined ? { sessionId, requestId: client?.requestId } : { count };
  const actorId = actorOf(event);
  log.info({ audit: type, outcome, userId, actorId, method, ip: client?.ip, ...single, ...detail }, 'audit');
}
