import type { Client } from '../../core/request.ts';
import type { auditEvents, SessionEnd } from '../../infra/db/tables.ts';

export type EventRow = typeof auditEvents.$inferSelect;

export const EVENT_COLUMNS = [
  'id',
  'at',
  'type',
  'outcome',
  'userId',
  'sessionId',
  'method',
  'ipAddress',
  'requestId',
  'detail',
] as const satisfies (keyof EventRow)[];

/** Event types and their outcomes. docs/audit.md explains them; a test compares the two. */
interface Vocabulary {
  'sign-up': 'requested' | 'completed' | 'taken' | 'limited';
  'sign-in':
    | 'succeeded'
    | 'wrong-credentials'
    | 'disabled'
    | 'unproved'
    | 'long-unused'
    | 'limited'
    | 'refused'
    | 'conflict'
    | 'unavailable';
  'email-verification': 'requested' | 'succeeded' | 'failed' | 'limited';
  'phone-verification': 'requested' | 'succeeded' | 'failed' | 'taken' | 'limited' | 'unavailable';
  'phone-change': 'succeeded';
  'sms-shield': 'no-provider' | 'country' | 'person' | 'network' | 'range' | 'cap' | 'unconfirmed';
  'password-reset': 'requested' | 'succeeded' | 'failed' | 'limited' | 'long-unused' | 'unavailable';
  'password-change': 'succeeded';
  'email-change': 'requested' | 'succeeded' | 'taken' | 'failed' | 'limited';
  'email-change-undo': 'succeeded' | 'taken' | 'failed';
  'not-me': 'succeeded';
  'account-deletion': 'succeeded' | 'refused' | 'last-administrator';
  identity: 'linked' | 'unlinked' | 'last-method' | 'refused' | 'conflict' | 'unavailable' | 'limited';
  reauthentication: 'succeeded';
  'account-reclaim': 'succeeded';
  'session-end': SessionEnd;
  'key-rotation': 'published';
  superuser: 'created' | 'promoted';
  'user-import': 'completed' | 'failed';
  'user-export': 'completed' | 'failed';
  access: 'denied' | 'reauthentication-required';
  'user-creation': 'succeeded' | 'taken' | 'limited';
  'user-update': 'succeeded' | 'taken' | 'refused';
  'user-sessions-end': 'succeeded';
  'user-deletion': 'succeeded' | 'refused';
  notice: 'suppressed';
  'recovery-link': 'sent' | 'limited';
}

export type AuditType = keyof Vocabulary;

export type AuditEvent = {
  [Type in AuditType]: { type: Type; outcome: Vocabulary[Type] };
}[AuditType] & {
  userId?: string | undefined;
  sessionId?: string | undefined;
  /** How the caller authenticated, or tried to. */
  method?:
    | 'password'
    | 'email-code'
    | 'email-link'
    | 'sms-code'
    | 'social'
    | 'refresh-token'
    | 'access-token'
    | 'command-line'
    | undefined;
  /** Undefined if the service itself acted. */
  client?: Client | undefined;
  /** The administrator who acted on another user's account. */
  actorId?: string | undefined;
  /** The reason an administrator gave: free text, stored with the event but never logged. */
  reason?: string | undefined;
  /** Must not contain personal data or secrets. */
  detail?: Record<string, string | number | boolean>;
};

/** A text in the detail of an event; null if it has none of this name. */
export const textIn = ({ detail }: EventRow, name: string): string | null =>
  typeof detail[name] === 'string' ? detail[name] : null;
