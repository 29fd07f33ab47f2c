import type { Phone } from '../core/identifiers.ts';

/** To the verified number of an account without an email address. */
export interface TextNotice {
  kind:
    | 'new-device'
    | 'password-changed'
    | 'identity-linked'
    | 'identity-unlinked'
    /** Second factors, passkeys, the requirement or the recovery codes. */
    | 'factor-changed'
    | 'recovery-code-used'
    /** The account's first address. */
    | 'email-added'
    /** To the old number. */
    | 'phone-changed'
    /** To the removed number. */
    | 'phone-removed'
    /** By an administrator. */
    | 'account-changed'
    /** By an administrator. */
    | 'second-factors-reset'
    | 'account-deleted';
  to: Phone;
  /** How many notices of this kind were suppressed since the last one. */
  more?: number;
  /** After a password reset: how many ways to sign in were added recently. */
  added?: number;
}

/** A text message, before it is rendered in a language. */
export type SmsMessage =
  /** Signs in or up. */
  | { kind: 'otp'; to: Phone; code: string }
  /** Verifies the number of a signed-in user. */
  | { kind: 'verify-phone'; to: Phone; code: string }
  /** To set a new password. */
  | { kind: 'reset-password'; to: Phone; code: string }
  | TextNotice;

/** Kinds with a code. */
export const CODE_KINDS = ['otp', 'verify-phone', 'reset-password'] as const satisfies readonly SmsMessage['kind'][];

export const NOTICE_KINDS = [
  'new-device',
  'password-changed',
  'identity-linked',
  'identity-unlinked',
  'factor-changed',
  'recovery-code-used',
  'email-added',
  'phone-changed',
  'phone-removed',
  'account-changed',
  'second-factors-reset',
  'account-deleted',
] as const satisfies readonly TextNotice['kind'][];

export const SMS_KINDS = [...CODE_KINDS, ...NOTICE_KINDS] as const;
export type SmsKind = SmsMessage['kind'];

export const hasCode = (kind: SmsKind): kind is (typeof CODE_KINDS)[number] =>
  (CODE_KINDS as readonly SmsKind[]).includes(kind);
