import { parseEmail } from '../../core/identifiers.ts';
import { isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import { AFTER_PASSWORD } from '../challenges/challenge.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';

/**
 * For a sign-in with the right password to an unverified address: sends a code to it, or returns the challenge of the
 * code that was already sent.
 */
export type RequireEmailCode = (request: {
  user: User;
  method: AuditEvent['method'];
  client: Client;
}) => Promise<Challenge | RateLimited>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  emailChallenges: EmailChallenges;
}

export function createEmailCode(dependencies: Dependencies): RequireEmailCode {
  const { db, transact, audit, accounts, emailChallenges } = dependencies;

  return async ({ user, method, client }) => {
    const email = parseEmail(user.email ?? '');
    if (!email) throw new Error('the account has an address that we would not accept');
    await audit.record(db, { type: 'sign-in', outcome: 'unproved', userId: user.id, method, client });
    let permit = await emailChallenges.checkLimits(email, 'verification', client);
    if (isProblem(permit)) {
      const pending = await emailChallenges.pending(db, email, user.id);
      if (pending) return pending;
      // The password was right, so verifications that strangers requested must not keep the owner out.
      permit = await emailChallenges.checkLimits(email, 'sign-in', client);
      if (isProblem(permit)) return permit;
    }
    const locale = messageLocale(user, client.locale);
    const request = {
      purpose: 'LOGIN_EMAIL',
      email,
      userId: user.id,
      payload: AFTER_PASSWORD,
      permit,
      client,
      locale,
    } as const;
    return transact(async (tx) => {
      const owner = await accounts.holdByEmail(tx, email);
      // If the account was deleted or has just changed its address, there is nothing to verify.
      return owner?.id === user.id
        ? emailChallenges.send(tx, request)
        : emailChallenges.sendDecoy(tx, request, undefined);
    });
  };
}
