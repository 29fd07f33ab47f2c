import type { Email, Phone } from '../core/identifiers.ts';

/** Where a request came from. Shown in the message, so that the user can recognise requests that are not theirs. */
export interface Origin {
  /** Chosen by the client: only names that we know are shown, see `keepKnownDevice`. */
  device: string;
  ip: string;
}

/** Lets the recipient act with a code, a link, or either. */
interface CodeOrLink {
  to: Email;
  code?: string | undefined;
  /** Milliseconds until the code expires. */
  codeTtl?: number | undefined;
  /** Absolute URL. */
  link?: string | undefined;
  /** Milliseconds until the link expires. */
  linkTtl?: number | undefined;
  origin: Origin;
}

/** To the owner of an address that was entered in another request. Asks for nothing. */
interface Hint {
  to: Email;
  origin: Origin;
}

/** Something has happened to the recipient's account. */
interface Notice {
  /** How many notices of this kind were suppressed since the last one. */
  more?: number;
  to: Email;
  /** RFC 3339, because messages are stored as JSON. */
  at: string;
  origin: Origin;
}

/** A notice with a "this wasn't me" link, which ends all sessions and starts a password reset. */
interface ContestableNotice extends Notice {
  notMeLink?: string | undefined;
  /** Milliseconds until the link expires. */
  linkTtl?: number | undefined;
}

/** What happens to second factors and passkeys. Also the outcomes of audit events. */
export const FACTOR_CHANGES = [
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-removed',
  /** A passkey with an older counter signed in: it may have been copied (WebAuthn Level 3 section 6.1.1). */
  'passkey-counter-decreased',
  'second-factor-required',
  'second-factor-optional',
  'recovery-codes-created',
] as const;
export type FactorChange = (typeof FACTOR_CHANGES)[number];

/** Something that was added to an account: an identity at a provider, a number, or a factor. */
export type Addition = { at: string } & (
  | { label: string; phone?: undefined; factor?: undefined }
  | { phone: Phone; label?: undefined; factor?: undefined }
  | { factor: Extract<FactorChange, 'totp-added' | 'passkey-added'>; label?: undefined; phone?: undefined }
);

/** An email, before it is rendered in a language. */
export type Message =
  | ({ kind: 'sign-up' } & CodeOrLink)
  /** Verifies the address of an existing account. */
  | ({ kind: 'verify-email' } & CodeOrLink)
  /** The password was correct, but the address is not verified yet. */
  | ({ kind: 'login-email' } & CodeOrLink)
  /** Signs in to the account of the address, or creates it. */
  | ({ kind: 'sign-in' } & CodeOrLink)
  /** Sets a new password. Sent only if an account has the address. */
  | ({ kind: 'reset-password' } & CodeOrLink)
  /** An administrator created the account: sets its first password. */
  | ({ kind: 'invitation' } & CodeOrLink)
  /** To the new address. The account gets it once it is verified. */
  | ({ kind: 'change-email' } & CodeOrLink)
  /** To the owner of an address that is used in another sign-up. */
  | ({ kind: 'already-registered' } & Hint)
  /** To the owner of an address that is requested for another account. */
  | ({ kind: 'email-taken' } & Hint)
  /** The origin is the device that signed in. */
  | ({ kind: 'new-device' } & ContestableNotice)
  /** After a reset, with what was added to the account recently. */
  | ({ kind: 'password-changed'; added?: Addition[] | undefined } & ContestableNotice)
  /** An identity at a provider, by the label that the operator gave the provider. */
  | ({ kind: 'identity-linked'; label: string } & ContestableNotice)
  | ({ kind: 'identity-unlinked'; label: string } & ContestableNotice)
  /** Second factors, passkeys, the requirement or the recovery codes. Never with a name that a user chose. */
  | ({ kind: 'factor-changed'; changes: readonly FactorChange[] } & ContestableNotice)
  /** `left`: how many recovery codes remain. */
  | ({ kind: 'recovery-code-used'; left: number } & ContestableNotice)
  /** Numbers are shown masked. Without `oldPhone` the account had no number before. */
  | ({ kind: 'phone-changed'; oldPhone?: Phone | undefined; newPhone: Phone } & ContestableNotice)
  /** To the old address; the new one is shown masked. */
  | ({ kind: 'email-changed'; newAddress: Email; undoLink?: string | undefined; linkTtl?: number | undefined } & Notice)
  /** To the removed address. */
  | ({ kind: 'email-removed' } & Notice)
  | ({ kind: 'phone-removed'; oldPhone?: Phone | undefined } & Notice)
  /** By an administrator. */
  | ({ kind: 'account-changed'; roles?: string[] | undefined; isActive?: boolean | undefined } & Notice)
  /** By an administrator. */
  | ({ kind: 'second-factors-reset' } & Notice)
  | ({ kind: 'account-deleted' } & Notice);

export type NoticeMessage = Extract<Message, Notice>;
export type NoticeKind = NoticeMessage['kind'];

export const MESSAGE_KINDS = [
  'sign-up',
  'verify-email',
  'login-email',
  'sign-in',
  'reset-password',
  'invitation',
  'change-email',
  'already-registered',
  'email-taken',
  'new-device',
  'password-changed',
  'identity-linked',
  'identity-unlinked',
  'factor-changed',
  'recovery-code-used',
  'phone-changed',
  'phone-removed',
  'email-changed',
  'email-removed',
  'account-changed',
  'second-factors-reset',
  'account-deleted',
] as const satisfies readonly Message['kind'][];
export type MessageKind = Message['kind'];

/**
 * Removes codes and links that expired while the message was waiting, and shortens the others' lifetimes.
 * Undefined if nothing useful is left. Notices are always sent.
 * @param age milliseconds since the message was written
 */
export function dropExpired(message: Message, age: number): Message | undefined {
  const left = (ttl: number | undefined) => (ttl === undefined ? undefined : ttl - age);
  const ifValid = <T>(value: T | undefined, ttl: number | undefined) =>
    ttl === undefined || ttl > 0 ? value : undefined;

  switch (message.kind) {
    case 'already-registered':
    case 'email-taken':
    case 'phone-removed':
    case 'email-removed':
    case 'account-changed':
    case 'second-factors-reset':
    case 'account-deleted':
      return message;
    case 'email-changed': {
      const linkTtl = left(message.linkTtl);
      return { ...message, undoLink: ifValid(message.undoLink, linkTtl), linkTtl };
    }
    case 'new-device':
    case 'password-changed':
    case 'identity-linked':
    case 'identity-unlinked':
    case 'factor-changed':
    case 'recovery-code-used':
    case 'phone-changed': {
      const linkTtl = left(message.linkTtl);
      return { ...message, notMeLink: ifValid(message.notMeLink, linkTtl), linkTtl };
    }
    default: {
      const [codeTtl, linkTtl] = [left(message.codeTtl), left(message.linkTtl)];
      const code = ifValid(message.code, codeTtl);
      const link = ifValid(message.link, linkTtl);
      return code === undefined && link === undefined ? undefined : { ...message, code, codeTtl, link, linkTtl };
    }
  }
}
