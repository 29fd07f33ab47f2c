import type { Config } from '../../config.ts';
import { after, SECOND } from '../../core/clock.ts';
import { maskPhone, type Phone } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';
import { SmsUnavailable } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import type { SmsMessage } from '../../messages/sms.ts';
import type { Outbox } from '../outbox/outbox.service.ts';
import type { PendingText } from '../outbox/outbox.ts';
import type { Permit } from '../outbox/permit.ts';
import type { SmsShield } from '../send-limits/sms-shield.ts';
import type { Challenges } from './challenge.service.ts';
import { CODE_LENGTH, type NewChallenge } from './challenge.ts';
import { Challenge } from './challenge-type.ts';

/** What can be verified by text message. */
export type PhonePurpose = Extract<ChallengePurpose, 'LOGIN_PHONE' | 'VERIFY_PHONE' | 'RESET_PASSWORD'>;

export interface PhoneChallengeRequest {
  purpose: PhonePurpose;
  phone: Phone;
  userId?: string | undefined;
  /** The signed-in user who requests it. */
  askedBy?: string | undefined;
  payload?: Record<string, unknown>;
  permit: Permit;
  /** Language of the message. */
  locale: Locale;
}

/** A challenge whose message is written but not sent yet. */
export interface Prepared {
  challenge: Challenge;
  pendingText: PendingText;
}

/** Challenges sent by text message: the challenge and its message, written together. */
export interface PhoneChallenges {
  /** Counts one message, alike for numbers with and without an account. A problem if it must not be sent. */
  checkLimits: SmsShield['checkLimits'];
  /** For a caller who may learn the delivery outcome: `carry` it after the commit. @param db the transaction */
  prepare(db: Db, request: PhoneChallengeRequest): Promise<Prepared>;
  /** SmsUnavailable if the provider refuses the message at once; it is then not retried. */
  carry(prepared: Prepared, phone: Phone): Promise<Challenge | SmsUnavailable>;
  /** For a caller who must not learn the delivery outcome. */
  send(db: Db, request: PhoneChallengeRequest): Promise<Challenge>;
  /** The same rows at the same cost for a caller who must not get a code. */
  sendDecoy(db: Db, request: PhoneChallengeRequest): Promise<Challenge>;
}

interface Dependencies {
  challenges: Challenges;
  outbox: Outbox;
  shield: SmsShield;
  otp: Pick<Config['otp'], 'resendCooldown'>;
}

/** Milliseconds that a request waits for the provider. A message that takes longer is probably on its way. */
const CARRY_TIMEOUT = 2 * SECOND;
const KINDS = { LOGIN_PHONE: 'otp', VERIFY_PHONE: 'verify-phone', RESET_PASSWORD: 'reset-password' } as const;
const BY_CODE = { code: true, link: undefined };

export function createPhoneChallenges({ challenges, outbox, shield, otp }: Dependencies): PhoneChallenges {
  const view = (row: NewChallenge) =>
    new Challenge({
      id: row.id,
      channel: 'SMS',
      sentTo: maskPhone(row.subject),
      codeLength: CODE_LENGTH,
      expiresAt: row.codeExpiresAt,
      resendAt: after(row.createdAt, otp.resendCooldown),
    });

  const toRequest = ({ purpose, phone, userId, askedBy, payload }: PhoneChallengeRequest) =>
    ({ purpose, subject: phone, channel: 'SMS', userId, askedBy, ...(payload && { payload }) }) as const;

  function messageFor({ purpose, phone }: PhoneChallengeRequest, code: string | undefined): SmsMessage {
    if (code === undefined) throw new Error('challenges by text message have a code');
    return { kind: KINDS[purpose], to: phone, code };
  }

  // The message has the ID of its challenge, so that the gateway can be told what became of the code.
  const envelopeFor = ({ locale }: PhoneChallengeRequest, row: NewChallenge) => ({
    id: row.id,
    locale,
    expiresAt: row.codeExpiresAt,
  });

  return {
    checkLimits: shield.checkLimits,

    async prepare(db, request) {
      const { challenge, secrets } = challenges.draft(toRequest(request), BY_CODE);
      const message = messageFor(request, secrets.code);
      const [pendingText] = await Promise.all([
        outbox.prepareSms(db, request.permit, message, envelopeFor(request, challenge)),
        challenges.write(db, challenge),
      ]);
      return { challenge: view(challenge), pendingText };
    },

    async carry({ challenge, pendingText }, phone) {
      if ((await outbox.sendNow(pendingText, CARRY_TIMEOUT)) !== 'not-sent') return challenge;
      await shield.refund(phone);
      return new SmsUnavailable();
    },

    async send(db, request) {
      const { challenge, secrets } = challenges.draft(toRequest(request), BY_CODE);
      await Promise.all([
        challenges.write(db, challenge),
        outbox.enqueueSms(db, request.permit, messageFor(request, secrets.code), envelopeFor(request, challenge)),
      ]);
      return view(challenge);
    },

    async sendDecoy(db, request) {
      const { challenge, secrets } = challenges.draftDecoy(toRequest(request), BY_CODE);
      await Promise.all([
        challenges.write(db, challenge),
        outbox.enqueueSmsDecoy(db, request.permit, messageFor(request, secrets.code), envelopeFor(request, challenge)),
      ]);
      return view(challenge);
    },
  };
}
