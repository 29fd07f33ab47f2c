import type { Email, Phone } from '../../core/identifiers.ts';
import { parseLocale } from '../../core/locale.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import { InvalidInput, isProblem, RateLimited, type SmsUnavailable } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { PhoneChallenges } from '../challenges/phone-challenge.service.ts';

/**
 * Sends a reset to the owner of an address or a number. Without an account, the response and the work are the same, but
 * no message is sent. Locks no account.
 */
export type RequestPasswordReset = (
  identifier: string,
  client: Client,
) => Promise<Challenge | InvalidInput | RateLimited | SmsUnavailable>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  emailChallenges: EmailChallenges;
  phoneChallenges: PhoneChallenges;
  phones: PhoneReader;
}

export function createPasswordResetRequest(dependencies: Dependencies): RequestPasswordReset {
  const { db, transact, audit, accounts, emailChallenges, phoneChallenges, phones } = dependencies;

  async function requestBySms(phone: Phone, client: Client): Promise<Challenge | RateLimited | SmsUnavailable> {
    const event = { type: 'password-reset', method: 'sms-code', client } as const;
    const permit = await phoneChallenges.checkLimits(phone, 'recovery', client);
    if (isProblem(permit)) {
      const outcome = permit instanceof RateLimited ? 'limited' : 'unavailable';
      await audit.record(db, { ...event, outcome });
      return permit;
    }
    return transact(async (tx) => {
      const user = await accounts.holdByVerifiedPhone(tx, phone);
      await audit.record(tx, { ...event, outcome: 'requested', userId: user?.id });
      const locale = parseLocale(user?.locale) ?? client.locale;
      const request = { purpose: 'RESET_PASSWORD', phone, userId: user?.id, permit, locale } as const;
      // The delivery outcome stays hidden: only numbers with an account get a message.
      return user?.isActive ? phoneChallenges.send(tx, request) : phoneChallenges.sendDecoy(tx, request);
    });
  }

  async function requestByMail(email: Email, client: Client): Promise<Challenge | RateLimited> {
    const permit = await emailChallenges.checkLimits(email, 'recovery', client);
    if (isProblem(permit)) {
      await audit.record(db, { type: 'password-reset', outcome: 'limited', client });
      return permit;
    }
    return transact(async (tx) => {
      const user = await accounts.holdByEmail(tx, email);
      await audit.record(tx, { type: 'password-reset', outcome: 'requested', userId: user?.id, client });
      const locale = parseLocale(user?.locale) ?? client.locale;
      const request = { purpose: 'RESET_PASSWORD', email, userId: user?.id, permit, client, locale } as const;
      return user?.isActive ? emailChallenges.send(tx, request) : emailChallenges.sendDecoy(tx, request, undefined);
    });
  }

  return async (identifier, client) => {
    const owner = phones.readIdentifier('identifier', identifier);
    if (isProblem(owner)) return new InvalidInput([owner]);
    return 'email' in owner ? requestByMail(owner.email, client) : requestBySms(owner.phone, client);
  };
}
