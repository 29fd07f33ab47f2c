import type { Client } from '../../core/request.ts';
import type { auditEvents, SessionEnd } from '../../infra/db/tables.ts';

export type EventRow = typeof auditEvents.$inferSelect;

/** What can happen, and how it can end. One line a kind: this list is the vocabulary of docs/audit.md. */
interface Vocabulary {
  'sign-up': 'requested' | 'completed' | 'taken' | 'limited';
  'sign-in':
    | 'succeeded'
    | 'wrong-credentials'
    | 'disabled'
    | 'unproved'
    | 'limited'
    | 'refused'
    | 'conflict'
    | 'unavailable';
  'email-verification': 'requested' | 'succeeded' | 'failed' | 'limited';
  'password-reset': 'requested' | 'succeeded' | 'failed' | 'limited';
  'password-change': 'succeeded';
  /** Who somebody is at another site. */
  identity: 'linked' | 'unlinked' | 'last-method' | 'refused' | 'conflict' | 'unavailable' | 'limited';
  /** Whoever proved the address took over an account that had never proved it. */
  'account-reclaim': 'succeeded';
  'session-end': SessionEnd;
  'key-rotation': 'published';
  superuser: 'created' | 'promoted';
}

export type AuditType = keyof Vocabulary;

export type AuditEvent = {
  [Type in AuditType]: { type: Type; outcome: Vocabulary[Type] };
}[AuditType] & {
  userId?: string | undefined;
  sessionId?: string | undefined;
  /** How the caller proved or tried to prove who it is. */
  method?:
    | 'password'
    | 'email-code'
    | 'email-link'
    | 'refresh-token'
    | 'access-token'
    | 'social'
    | 'command-line'
    | undefined;
  /** Absent when the service itself acted. */
  client?: Client | undefined;
  /** Facts without personal data and without secrets. */
  detail?: Record<string, string | number | boolean>;
};
