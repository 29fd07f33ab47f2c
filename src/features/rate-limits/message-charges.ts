import type { ChallengeChannel, ChallengePurpose } from '../../infra/db/tables.ts';
import type { Limits } from './limits.ts';
import type { Charge } from './rate-limiter.service.ts';

/** What messages and codes are for. Each use has limits of its own, so that no other use can block a recovery. */
export type MessageUse =
  | 'sign-up'
  | 'verification'
  | 'sign-in'
  | 'email-sign-in'
  | 'change'
  | 'recovery'
  | 'administration'
  | 'second-factor';

/** The use of a code. */
export const CODE_USES = {
  SIGN_UP: 'verification',
  VERIFY_EMAIL: 'verification',
  LOGIN_EMAIL: 'sign-in',
  LOGIN_PHONE: 'sign-in',
  RESET_PASSWORD: 'recovery',
  CHANGE_EMAIL: 'change',
  UNDO_EMAIL_CHANGE: 'recovery',
  VERIFY_PHONE: 'change',
  NOT_ME: 'recovery',
  SOCIAL_LOGIN: 'sign-in',
  SOCIAL_LINK: 'change',
  SIGN_IN_EMAIL: 'email-sign-in',
  SECOND_FACTOR: 'second-factor',
  TOTP_ENROLLMENT: 'change',
  PASSKEY_REGISTRATION: 'change',
  PASSKEY_LOGIN: 'sign-in',
} as const satisfies Record<ChallengePurpose, MessageUse>;

/** What guesses at codes are counted for. @param subject the address, the number, or the ID of the user */
export const guessKey = (channel: ChallengeChannel, use: MessageUse, subject: string): string =>
  `${channel}:${use}:${subject}`;

interface Recipient {
  channel: 'EMAIL' | 'SMS';
  /** The address or number. */
  to: string;
  use: MessageUse;
  /** Whether the caller is one that the account knows: those are counted apart. */
  isKnown?: boolean;
}

/**
 * One message to an address or number, as its recipient's limits count it. Sign-ups and verifications share the cooldown
 * but not the daily limit: requests for an unknown address send nothing, and must not keep its owner from signing up.
 */
export function recipientCharges(limits: Limits, { channel, to, use, isKnown = false }: Recipient): Charge[] {
  const keyFor = (counted: MessageUse) => `${channel}:${counted}:${isKnown ? 'known:' : ''}${to}`;
  const cooldown = { limit: limits.sendCooldown, key: keyFor(use === 'sign-up' ? 'verification' : use) };
  const hasLink = channel === 'EMAIL' && (use === 'recovery' || use === 'email-sign-in');
  return [
    ...(limits.sendCooldown.window > 0 ? [cooldown] : []),
    { limit: hasLink ? limits.sendLink : limits.sendBySubject, key: keyFor(use) },
  ];
}
