import { MINUTE } from '../../core/clock.ts';
import type { Client } from '../../core/request.ts';
import { type auditEvents, SESSION_ENDS } from '../../infra/db/tables.ts';
import { FACTOR_CHANGES } from '../../messages/message.ts';

/** An event to be inserted. */
export type EventDraft = typeof auditEvents.$inferSelect;
/** An event as others read it. */
export type EventRow = Omit<EventDraft, 'webhookPending'>;

/** Characters of the reason that an administrator gives. */
export const REASON_MAX_LENGTH = 500;

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
  'webhookPending',
] as const satisfies (keyof EventDraft)[];

/** Milliseconds for which refusals of one kind are one row. */
export const REFUSAL_WINDOW = 10 * MINUTE;

interface Outcomes {
  /** One row and one log line each. */
  recorded: readonly string[];
  /**
   * Refusals that a caller can cause at any rate. Those of one kind, from one network, are one row per window and are
   * counted in it.
   */
  counted: readonly string[];
}

/** Event types and their outcomes. docs/audit.md explains them; a test compares the two. */
export const VOCABULARY = {
  'sign-up': { recorded: ['requested', 'completed'], counted: ['taken', 'limited'] },
  'sign-in': {
    recorded: ['succeeded'],
    counted: [
      'wrong-credentials',
      'disabled',
      'unproved',
      'long-unused',
      'second-factor-required',
      'wrong-second-factor',
      'limited',
      'refused',
      'conflict',
      'unavailable',
    ],
  },
  'email-verification': { recorded: ['requested', 'succeeded'], counted: ['failed', 'limited'] },
  'phone-verification': {
    recorded: ['requested', 'succeeded'],
    counted: ['failed', 'taken', 'limited', 'unavailable'],
  },
  'phone-change': { recorded: ['succeeded'], counted: [] },
  'sms-shield': {
    recorded: [],
    counted: ['no-provider', 'country', 'person', 'network', 'range', 'cap', 'unconfirmed'],
  },
  'password-reset': {
    recorded: ['requested', 'succeeded'],
    counted: ['failed', 'limited', 'long-unused', 'unavailable'],
  },
  'password-change': { recorded: ['succeeded'], counted: [] },
  'email-change': { recorded: ['requested', 'succeeded'], counted: ['taken', 'failed', 'limited'] },
  'email-change-undo': { recorded: ['succeeded'], counted: ['taken', 'failed'] },
  'not-me': { recorded: ['succeeded'], counted: [] },
  notice: { recorded: ['suppressed'], counted: [] },
  'account-deletion': { recorded: ['succeeded'], counted: ['refused', 'last-administrator'] },
  identity: {
    recorded: ['linked', 'unlinked'],
    counted: ['last-method', 'refused', 'conflict', 'unavailable', 'limited'],
  },
  'second-factor': {
    recorded: [...FACTOR_CHANGES, 'recovery-code-used'],
    counted: ['failed', 'limited', 'refused', 'last-method'],
  },
  reauthentication: { recorded: ['succeeded'], counted: [] },
  'account-reclaim': { recorded: ['succeeded'], counted: [] },
  'session-end': { recorded: SESSION_ENDS, counted: [] },
  'key-rotation': { recorded: ['published'], counted: [] },
  superuser: { recorded: ['created', 'promoted'], counted: [] },
  'user-import': { recorded: ['completed', 'failed'], counted: [] },
  'user-export': { recorded: ['completed', 'failed'], counted: [] },
  access: { recorded: [], counted: ['denied', 'second-factor-required', 'reauthentication-required'] },
  'user-creation': { recorded: ['succeeded', 'taken', 'limited'], counted: [] },
  'user-update': { recorded: ['succeeded', 'taken', 'refused'], counted: [] },
  'user-sessions-end': { recorded: ['succeeded'], counted: [] },
  'second-factor-reset': { recorded: ['succeeded', 'refused'], counted: [] },
  'user-deletion': { recorded: ['succeeded', 'refused'], counted: [] },
  impersonation: { recorded: ['started', 'refused'], counted: [] },
  'recovery-link': { recorded: ['sent', 'limited'], counted: [] },
  'profile-update': { recorded: ['succeeded'], counted: [] },
  delivery: { recorded: ['retried'], counted: [] },
} as const satisfies Record<string, Outcomes>;

type Vocabulary = typeof VOCABULARY;
export type AuditType = keyof Vocabulary;

export type AuditEvent = {
  [Type in AuditType]: { type: Type; outcome: Vocabulary[Type][keyof Outcomes][number] };
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
    | 'passkey'
    | 'totp'
    | 'recovery-code'
    | 'refresh-token'
    | 'access-token'
    | 'command-line'
    | undefined;
  /** Undefined if the service itself acted. */
  client?: Client | undefined;
  /** The administrator who acted on another user's account. In an impersonation, the client says it. */
  actorId?: string | undefined;
  /** The reason an administrator gave: free text, stored with the event but never logged. */
  reason?: string | undefined;
  /** Must not contain personal data or secrets. */
  detail?: Record<string, string | number | boolean>;
};

/** Whether events of this kind are counted instead of recorded one by one. */
export function isCounted({ type, outcome }: AuditEvent): boolean {
  const { counted }: Outcomes = VOCABULARY[type];
  return counted.includes(outcome);
}

/** The administrator who caused the event; undefined if the user or the service did. */
export const actorOf = ({ actorId, client }: Pick<AuditEvent, 'actorId' | 'client'>): string | undefined =>
  actorId ?? client?.actorId;

/** A text in the detail of an event; null if it has none of this name. */
export const textIn = ({ detail }: EventRow, name: string): string | null =>
  typeof detail[name] === 'string' ? detail[name] : null;

/** The row of an event that has happened once. */
export function toRow(event: AuditEvent, id: string, at: Date): EventRow {
  const actorId = actorOf(event);
  return {
    id,
    at,
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
      ...(actorId === undefined ? {} : { actorId }),
      ...(event.reason === undefined ? {} : { reason: event.reason }),
    },
  };
}
