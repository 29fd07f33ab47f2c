import type { Email, Phone } from '../core/identifiers.ts';

/** Where a request says it came from. Told in the message, so that someone who did not ask can tell. */
export interface Origin {
  /** Claimed by the client, so it is shown with all that could pass for a link or a sentence taken out. */
  device: string;
  ip: string;
}

/** Asks the receiver to prove the address: by the code, by the link, or by either. */
interface Proof {
  to: Email;
  code?: string | undefined;
  /** Milliseconds that the code is good for from now on; told when it is known. */
  codeTtl?: number | undefined;
  /** Absolute, from PUBLIC_URL or the setting for the page behind it. */
  link?: string | undefined;
  /** Milliseconds. */
  linkTtl?: number | undefined;
  origin: Origin;
}

/** To the owner of an address that somebody else has named. Asks for nothing. */
interface Hint {
  to: Email;
  origin: Origin;
}

/** Something has happened to the receiver's account. */
interface Notice {
  to: Email;
  /** RFC 3339, as Date.toISOString() writes it: a message is kept as JSON. */
  at: string;
  origin: Origin;
}

/** A notice with the way out for someone who did not do it: ends all sessions and starts a password reset. */
interface Contestable extends Notice {
  notMeLink?: string | undefined;
  /** Milliseconds that the link is good for from now on. */
  linkTtl?: number | undefined;
}

/** What is sent, before it is put into words. */
export type Message =
  | ({ kind: 'sign-up' } & Proof)
  /** Proves the address of an existing account. */
  | ({ kind: 'verify-email' } & Proof)
  /** The password was right; the sign-in waits for the address. */
  | ({ kind: 'login-email' } & Proof)
  /** Unlocks a new password. Only to an account that has the address. */
  | ({ kind: 'reset-password' } & Proof)
  /** To somebody for whom an administrator has made an account: unlocks its first password. */
  | ({ kind: 'invitation' } & Proof)
  /** To the new address: the account moves there when it has been proved. */
  | ({ kind: 'change-email' } & Proof)
  /** To the owner, when somebody signs up with the address again. */
  | ({ kind: 'already-registered' } & Hint)
  /** To the owner, when somebody wants to move another account to the address. */
  | ({ kind: 'email-taken' } & Hint)
  /** The device that signed in is the origin. */
  | ({ kind: 'new-device' } & Contestable)
  | ({ kind: 'password-changed' } & Contestable)
  /** Shown masked. Without `oldPhone` the account had no number before. */
  | ({ kind: 'phone-changed'; oldPhone?: Phone | undefined; newPhone: Phone } & Contestable)
  /** To the old address; the new one is shown masked. */
  | ({ kind: 'email-changed'; newAddress: Email; undoLink?: string | undefined; linkTtl?: number | undefined } & Notice)
  | ({ kind: 'account-deleted' } & Notice);

export const MESSAGE_KINDS = [
  'sign-up',
  'verify-email',
  'login-email',
  'reset-password',
  'invitation',
  'change-email',
  'already-registered',
  'email-taken',
  'new-device',
  'password-changed',
  'phone-changed',
  'email-changed',
  'account-deleted',
] as const satisfies readonly Message['kind'][];
export type MessageKind = Message['kind'];

/**
 * The message as it is still true `age` milliseconds after it was written: without a code or a link that has expired
 * meanwhile. Undefined when nothing of it is worth sending: a proof that can no longer be given. A notice stays true.
 */
export function aged(message: Message, age: number): Message | undefined {
  const left = (ttl: number | undefined) => (ttl === undefined ? undefined : ttl - age);
  const whileGood = <T>(value: T | undefined, ttl: number | undefined) =>
    ttl === undefined || ttl > 0 ? value : undefined;

  switch (message.kind) {
    case 'already-registered':
    case 'email-taken':
    case 'account-deleted':
      return message;
    case 'email-changed': {
      const linkTtl = left(message.linkTtl);
      return { ...message, undoLink: whileGood(message.undoLink, linkTtl), linkTtl };
    }
    case 'new-device':
    case 'password-changed':
    case 'phone-changed': {
      const linkTtl = left(message.linkTtl);
      return { ...message, notMeLink: whileGood(message.notMeLink, linkTtl), linkTtl };
    }
    default: {
      const [codeTtl, linkTtl] = [left(message.codeTtl), left(message.linkTtl)];
      const code = whileGood(message.code, codeTtl);
      const link = whileGood(message.link, linkTtl);
      return code === undefined && link === undefined ? undefined : { ...message, code, codeTtl, link, linkTtl };
    }
  }
}
