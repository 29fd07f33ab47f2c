import { CHALLENGE_PURPOSES, type ChallengePurpose, type SessionEnd } from '../../infra/db/tables.ts';

/** What one account change invalidates. docs/security.md shows the table; a test compares the two. */
export interface Rule {
  /** Pending challenges of the account. */
  challenges: readonly ChallengePurpose[];
  /** Links that undo an address change: all, or those of changes made after the one that is undone. */
  undoLinks?: 'all' | 'later';
  /** Pending sign-ups with the address that the account has after the change. */
  signUps?: 'all';
  /** Impersonations: those in which the user, an administrator, acts as others. They end with the administrator's sessions, too. */
  sessions?: { end: 'all' | 'others' | 'impersonations'; reason: SessionEnd };
  password?: 'removed';
  /** Recent: linked since a moment that the caller names. */
  identities?: 'all' | 'recent';
  /** Second factors and passkeys. Recent: those added since that moment go, and those removed since come back. */
  factors?: 'all' | 'recent';
  /** Recent: verified since that moment. */
  phone?: 'recent';
  because: string;
}

/** Enrolments of factors, which a caller started after a recent sign-in. */
const ENROLLMENTS = ['TOTP_ENROLLMENT', 'PASSKEY_REGISTRATION'] as const;

/**
 * What an attacker may have started with the old password or a session, and could finish after the owner has acted. Not
 * resets: they verify control of the mailbox or number, and cancelling one would cancel the owner's recovery.
 */
const STARTED_BEFORE = [
  'LOGIN_PHONE',
  'VERIFY_PHONE',
  'CHANGE_EMAIL',
  'SIGN_IN_EMAIL',
  'SECOND_FACTOR',
  ...ENROLLMENTS,
] as const;

export const INVALIDATION = {
  'account created': {
    challenges: [],
    signUps: 'all',
    because: 'The address has an account now; another sign-up with it could only fail.',
  },
  'account claimed by its verified owner': {
    challenges: CHALLENGE_PURPOSES.filter((purpose) => purpose !== 'VERIFY_EMAIL'),
    signUps: 'all',
    sessions: { end: 'all', reason: 'not-me' },
    password: 'removed',
    identities: 'all',
    factors: 'all',
    because:
      'Another person may have prepared it before the address was verified (pre-hijacking). Profile and phone are removed, too. Pending verifications of the address stay: only the owner reads that mailbox.',
  },
  'address verified with the password': {
    challenges: ['VERIFY_PHONE', 'CHANGE_EMAIL', 'SECOND_FACTOR', ...ENROLLMENTS],
    sessions: { end: 'all', reason: 'revoked' },
    because: 'The person who verified it knows the password. An earlier session may be another person’s.',
  },
  'address verified in a session': {
    challenges: ['VERIFY_PHONE', 'CHANGE_EMAIL', 'SECOND_FACTOR', ...ENROLLMENTS],
    sessions: { end: 'others', reason: 'revoked' },
    because: 'The person who verified it holds this session. Another session may be another person’s.',
  },
  'password changed': {
    challenges: ['VERIFY_PHONE', 'CHANGE_EMAIL', 'SECOND_FACTOR', ...ENROLLMENTS],
    sessions: { end: 'others', reason: 'password-changed' },
    because:
      'Cancels what was started with the old password. Resets stay: an attacker who knows the password must not cancel recovery.',
  },
  'password reset': {
    challenges: ['RESET_PASSWORD', ...STARTED_BEFORE],
    sessions: { end: 'all', reason: 'password-changed' },
    because: 'The owner may not know who is signed in.',
  },
  'promoted to superuser': {
    challenges: ['RESET_PASSWORD', ...STARTED_BEFORE],
    sessions: { end: 'all', reason: 'password-changed' },
    because: 'An earlier session must not gain the roles.',
  },
  '"This wasn\'t me"': {
    challenges: STARTED_BEFORE,
    sessions: { end: 'all', reason: 'not-me' },
    identities: 'recent',
    factors: 'recent',
    phone: 'recent',
    because: 'An attacker was in the account; what was added since the notice may be theirs.',
  },
  'email changed': {
    challenges: ['CHANGE_EMAIL', 'SIGN_IN_EMAIL'],
    signUps: 'all',
    because:
      'One change at a time. Codes sent to the old address must not sign in. A pending reset stays: it is invalid while the address differs, and valid again after an undo.',
  },
  'email change undone': {
    challenges: STARTED_BEFORE,
    undoLinks: 'later',
    signUps: 'all',
    sessions: { end: 'all', reason: 'email-changed' },
    password: 'removed',
    identities: 'recent',
    factors: 'recent',
    phone: 'recent',
    because:
      'An attacker knew the password. Links of later changes may be theirs. Links of earlier changes stay valid.',
  },
  'phone verified': {
    challenges: ['VERIFY_PHONE'],
    because: 'One number at a time.',
  },
  'email changed by an administrator': {
    challenges: ['RESET_PASSWORD', 'CHANGE_EMAIL', 'SIGN_IN_EMAIL', 'SECOND_FACTOR'],
    undoLinks: 'all',
    signUps: 'all',
    sessions: { end: 'all', reason: 'email-changed' },
    because: 'The administrator may act because the old mailbox was taken over.',
  },
  'phone changed by an administrator': {
    challenges: ['VERIFY_PHONE', 'LOGIN_PHONE'],
    because: 'Codes sent to the old number must not sign in.',
  },
  'verified phone changed by an administrator': {
    challenges: ['VERIFY_PHONE', 'LOGIN_PHONE', 'SECOND_FACTOR'],
    sessions: { end: 'all', reason: 'revoked' },
    because: 'Sessions may have been started with the old number.',
  },
  deactivated: {
    challenges: ['CHANGE_EMAIL', 'VERIFY_PHONE', ...ENROLLMENTS],
    sessions: { end: 'all', reason: 'deactivated' },
    because: 'Nothing changes while the account is inactive. Sign-in codes stay, and return AccountDisabled.',
  },
  'second factor required': {
    challenges: ['VERIFY_PHONE', 'CHANGE_EMAIL', 'SOCIAL_LINK', ...ENROLLMENTS],
    because: 'A session with one factor may have started them, and could start none of them now.',
  },
  'second factors reset': {
    challenges: ['CHANGE_EMAIL', 'VERIFY_PHONE', 'SECOND_FACTOR', ...ENROLLMENTS],
    sessions: { end: 'all', reason: 'revoked' },
    factors: 'all',
    because: 'By an administrator or on the command line. Sessions may be those of the person who has the lost device.',
  },
  'administrator role removed': {
    challenges: [],
    sessions: { end: 'impersonations', reason: 'impersonator-lost-role' },
    because: 'Only administrators may act as users. Other roles are read at each request.',
  },
  deleted: {
    challenges: [],
    sessions: { end: 'all', reason: 'deleted' },
    because: 'Everything else is deleted with the account.',
  },
} as const satisfies Record<string, Rule>;

export type AccountChange = keyof typeof INVALIDATION;
