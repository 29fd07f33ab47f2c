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
import type { Challenges } from './challenge.service.ts';
import { CODE_LENGTH, type NewChallenge } from './challenge.ts';
import { Challenge } from './challenge-type.ts';
import type { SmsShield } from './sms-shield.ts';

/** What is proved by text message. */
export type PhonePurpose = Extract<ChallengePurpose, 'LOGIN_PHONE' | 'VERIFY_PHONE' | 'RESET_PASSWORD'>;

/** Proof that is asked for by text message: what for, of whom, and in which language. */
export interface PhoneChallengeRequest {
  purpose: PhonePurpose;
  phone: Phone;
  userId?: string | undefined;
  askedBy?: string | undefined;
  payload?: Record<string, unknown>;
  locale: Locale;
}

/** A challenge whose message is written and not yet sent. */
export interface Prepared {
  challenge: Challenge;
  pendingText: PendingText;
}

interface Dependencies {
  challenges: Challenges;
  outbox: Outbox;
  shield: SmsShield;
  otp: Pick<Config['otp'], 'resendCooldown'>;
}

/** Milliseconds that a request waits for the provider. A message that takes longer is probably on its way. */
const PATIENCE = 2 * SECOND;
const BY_CODE = { code: true, link: undefined };

export type PhoneChallenges = ReturnType<typeof createPhoneChallenges>;

/** Challenges that travel by text message: the row and its message, written together. */
export function createPhoneChallenges({ challenges, outbox, shield, otp }: Dependencies) {
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

  function messageOf({ purpose, phone }: PhoneChallengeRequest, code: string | undefined): SmsMessage {
    if (code === undefined) throw new Error('a challenge by text message has a code');
    return { kind: purpose === 'RESET_PASSWORD' ? 'reset-password' : 'otp', to: phone, code };
  }

  const envelopeFor = ({ locale }: PhoneChallengeRequest, row: NewChallenge) => ({
    locale,
    expiresAt: row.codeExpiresAt,
  });

  return {
    /** Counts one message, alike for numbers with and without an account. A problem if it must not be sent. */
    checkLimits: shield.admit,

    /**
     * For a caller who may know what becomes of the message; after the commit `carry` it.
     * @param db the transaction that the message belongs to
     */
    async prepare(db: Db, request: PhoneChallengeRequest): Promise<Prepared> {
      const { challenge, secrets } = challenges.draft(toRequest(request), BY_CODE);
      const message = messageOf(request, secrets.code);
      const [pendingText] = await Promise.all([
        outbox.prepareSms(db, message, envelopeFor(request, challenge)),
        challenges.write(db, challenge),
      ]);
      return { challenge: view(challenge), pendingText };
    },

    /** SmsUnavailable when the provider says at once that it does not take the message; nobody tries it again then. */
    async carry({ challenge, pendingText }: Prepared, phone: Phone): Promise<Challenge | SmsUnavailable> {
      if ((await outbox.sendNow(pendingText, PATIENCE)) !== 'not-taken') return challenge;
      await shield.refund(phone);
      return new SmsUnavailable();
    },

    /** For a caller who must not learn the delivery outcome. */
    async send(db: Db, request: PhoneChallengeRequest): Promise<Challenge> {
      const { challenge, secrets } = challenges.draft(toRequest(request), BY_CODE);
      await Promise.all([
        challenges.write(db, challenge),
        outbox.enqueueSms(db, messageOf(request, secrets.code), envelopeFor(request, challenge)),
      ]);
      return view(challenge);
    },

    /** The same rows at the same cost for somebody who may not get a code. */
    async sendDecoy(db: Db, request: PhoneChallengeRequest): Promise<Challenge> {
      const { challenge, secrets } = challenges.draftDecoy(toRequest(request), BY_CODE);
      await Promise.all([
        challenges.write(db, challenge),
        outbox.enqueueSmsDecoy(db, messageOf(request, secrets.code), envelopeFor(request, challenge)),
      ]);
      return view(challenge);
    },
  };
}
