import type { Email } from '../core/identifiers.ts';

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
  /** Absolute, from PUBLIC_URL or VERIFY_EMAIL_URL. */
  link?: string | undefined;
  /** Milliseconds. */
  linkTtl?: number | undefined;
  origin: Origin;
}

/** What is sent, before it is put into words. */
export type Message =
  | ({ kind: 'sign-up' } & Proof)
  /** Proves the address of an existing account. */
  | ({ kind: 'verify-email' } & Proof)
  /** The password was right; the sign-in waits for the address. */
  | ({ kind: 'login-email' } & Proof)
  /** To the owner, when somebody signs up with the address again. */
  | { kind: 'already-registered'; to: Email; origin: Origin };

export const MESSAGE_KINDS = [
  'sign-up',
  'verify-email',
  'login-email',
  'already-registered',
] as const satisfies readonly Message['kind'][];
export type MessageKind = Message['kind'];

/**
 * The message as it is still true `age` milliseconds after it was written: without a code or a link that has expired
 * meanwhile. Undefined when none of them is left.
 */
export function aged(message: Message, age: number): Message | undefined {
  if (message.kind === 'already-registered') return message;
  const left = (ttl: number | undefined) => (ttl === undefined ? undefined : ttl - age);
  const [codeTtl, linkTtl] = [left(message.codeTtl), left(message.linkTtl)];
  const code = codeTtl === undefined || codeTtl > 0 ? message.code : undefined;
  const link = linkTtl === undefined || linkTtl > 0 ? message.link : undefined;
  return code === undefined && link === undefined ? undefined : { ...message, code, codeTtl, link, linkTtl };
}
