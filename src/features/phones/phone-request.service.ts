import type { Config } from '../../config.ts';
import { Unauthenticated } from '../../core/errors.ts';
import type { Phone } from '../../core/identifiers.ts';
import { acceptInput } from '../../core/input.ts';
import { parseLocale } from '../../core/locale.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import {
  type InvalidCredentials,
  type InvalidInput,
  isProblem,
  RateLimited,
  SmsUnavailable,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { ReauthenticationRequired } from '../../core/session-problems.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { parseProfileField } from '../accounts/profile.ts';
import { messageLocale, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { Challenge } from '../challenges/challenge-type.ts';
import type { PhoneChallenges } from '../challenges/phone-challenge.service.ts';
import type { Permit } from '../outbox/permit.ts';
import type { OwnerConfirmation } from '../sign-in/owner-confirmation.service.ts';
import type { PendingLogin, PendingVerification } from './pending-phone.ts';

export interface PhoneOtpRequest {
  phone: string;
  locale?: string | null | undefined;
  password?: string | null | undefined;
}

type Sent = Challenge | RateLimited | SmsUnavailable;

/** Requests for codes by text message. */
export interface PhoneRequests {
  /** To sign in or sign up. The response does not reveal whether the number has an account. */
  authenticate(input: PhoneOtpRequest, client: Client): Promise<Sent | InvalidInput>;
  /**
   * For the signed-in user. Replacing a verified number requires the password. Without a password, the caller must have
   * a recent sign-in.
   */
  verify(
    input: PhoneOtpRequest,
    viewer: Viewer,
    client: Client,
  ): Promise<Sent | InvalidInput | InvalidCredentials | ReauthenticationRequired>;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  phoneChallenges: PhoneChallenges;
  ownerConfirmation: OwnerConfirmation;
  phones: PhoneReader;
  signUp: Config['signUp'];
}

export function createPhoneRequests(dependencies: Dependencies): PhoneRequests {
  const { db, transact, audit, accounts, phoneChallenges, ownerConfirmation, phones, signUp } = dependencies;

  const requested = (tx: Db, userId: string | undefined, client: Client) =>
    audit.record(tx, { type: 'phone-verification', outcome: 'requested', userId, method: 'sms-code', client });

  /** Sends if the limits allow it, and records a refusal. */
  async function sending<Refusal>(
    phone: Phone,
    client: Client,
    userId: string | undefined,
    send: (permit: Permit) => Promise<Sent | Refusal>,
  ) {
    const use = userId === undefined ? 'sign-in' : 'change';
    const permit = await phoneChallenges.checkLimits(phone, use, client);
    const sent = isProblem(permit) ? permit : await send(permit);
    const outcome = sent instanceof RateLimited ? 'limited' : 'unavailable';
    const event = { type: 'phone-verification', outcome, userId, method: 'sms-code', client } satisfies AuditEvent;
    if (sent instanceof RateLimited || sent instanceof SmsUnavailable) await audit.record(db, event);
    return sent;
  }

  function parse({ phone: text, locale }: PhoneOtpRequest) {
    return acceptInput({
      phone: phones.read('phone', text),
      locale: parseProfileField('locale', locale),
    });
  }

  return {
    async authenticate(input, client) {
      const parsed = parse(input);
      if (isProblem(parsed)) return parsed;
      const { phone } = parsed;
      const payload: PendingLogin = { locale: parsed.locale };
      return sending(phone, client, undefined, async (permit) => {
        const written = await transact(async (tx) => {
          const user = await accounts.holdByVerifiedPhone(tx, phone);
          await requested(tx, user?.id, client);
          const locale = parseLocale(parsed.locale) ?? parseLocale(user?.locale) ?? client.locale;
          const request = { purpose: 'LOGIN_PHONE', phone, userId: user?.id, payload, permit, locale } as const;
          if (signUp === 'open') return phoneChallenges.prepare(tx, request);
          // Only numbers with an account get a message, so the delivery outcome stays hidden.
          return user ? phoneChallenges.send(tx, request) : phoneChallenges.sendDecoy(tx, request);
        });
        return written instanceof Challenge ? written : phoneChallenges.carry(written, phone);
      });
    },

    async verify(input, viewer, client) {
      const user = await accounts.byId(viewer.userId);
      if (!user?.isActive) throw new Unauthenticated();
      const parsed = parse(input);
      if (isProblem(parsed)) return parsed;
      const { phone } = parsed;
      const instead = verifiedPhone(user);
      const needsPassword = input.password || (instead !== null && instead !== phone);
      const confirmation = needsPassword
        ? await ownerConfirmation.requirePassword(user, viewer, input.password, client)
        : {};
      if (isProblem(confirmation)) return confirmation;
      const payload: PendingVerification = { instead };
      const request = { purpose: 'VERIFY_PHONE', phone, userId: user.id, askedBy: user.id, payload } as const;
      return sending(phone, client, user.id, async (permit) => {
        const written = await transact(async (tx) => {
          // A new password since then has withdrawn pending verifications; none may follow it.
          const locked = await ownerConfirmation.lock(tx, viewer, confirmation, client);
          if (isProblem(locked)) return locked;
          await requested(tx, user.id, client);
          const locale = parseLocale(parsed.locale) ?? messageLocale(user, client.locale);
          return phoneChallenges.prepare(tx, { ...request, permit, locale });
        });
        return isProblem(written) ? written : phoneChallenges.carry(written, phone);
      });
    },
  };
}
