import { parseEmail } from '../../core/identifiers.ts';
import { parseLocale } from '../../core/locale.ts';
import { FieldProblem, InvalidInput, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import { pendingAccount, pendingSignUps } from './pending-sign-up.ts';

export interface VerificationRequest {
  email: string;
  /** The challenge of the sign-up, or of an earlier message about it: names the attempt. */
  challengeId?: string | null | undefined;
}

/**
 * Sends the verification again: for an unverified account or a pending sign-up. For any other address,
 * the response and the work are the same, but no email is sent.
 */
export type RequestEmailVerification = (
  request: VerificationRequest,
  client: Client,
) => Promise<Challenge | InvalidInput | RateLimited>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  challenges: Challenges;
  emailChallenges: EmailChallenges;
}

export function createVerificationRequest(dependencies: Dependencies): RequestEmailVerification {
  const { db, transact, audit, accounts, challenges, emailChallenges } = dependencies;

  return async ({ email: text, challengeId }, client) => {
    const email = parseEmail(text);
    if (!email) return new InvalidInput([new FieldProblem('email', 'INVALID_FORMAT', 'email-format')]);
    const permit = await emailChallenges.checkLimits(email, 'verification', client);
    if (isProblem(permit)) {
      await audit.record(db, { type: 'email-verification', outcome: 'limited', client });
      return permit;
    }

    return transact(async (tx) => {
      const user = await accounts.holdByEmail(tx, email);
      const pending = await pendingSignUps(tx, challenges, email);
      const userId = user?.id;
      await audit.record(tx, { type: 'email-verification', outcome: 'requested', userId, client });
      const request = { email, permit, client };
      if (user && !user.emailVerifiedAt) {
        const locale = parseLocale(user.locale) ?? client.locale;
        return emailChallenges.send(tx, { ...request, purpose: 'VERIFY_EMAIL', userId, locale });
      }
      const payload = user ? undefined : pendingAccount(pending, challengeId);
      const locale = parseLocale(payload?.profile.locale) ?? client.locale;
      return payload
        ? emailChallenges.send(tx, { ...request, purpose: 'SIGN_UP', payload, locale })
        : emailChallenges.sendDecoy(tx, { ...request, purpose: 'SIGN_UP', locale }, undefined);
    });
  };
}
