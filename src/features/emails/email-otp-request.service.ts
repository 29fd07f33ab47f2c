import type { Config } from '../../config.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { acceptInput } from '../../core/input.ts';
import { parseLocale } from '../../core/locale.ts';
import { FieldProblem, InvalidInput, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { parseProfileField } from '../accounts/profile.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { PendingEmailSignIn } from './pending-email-sign-in.ts';

export interface EmailOtpRequest {
  email: string;
  locale?: string | null | undefined;
}

/**
 * Emails a code and a link for signing in, or for signing up if the address has no account. If sign-up is closed, only
 * addresses with an account get a message; the response and the work are the same for all.
 */
export type RequestEmailOtp = (
  request: EmailOtpRequest,
  client: Client,
) => Promise<Challenge | InvalidInput | RateLimited>;

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  emailChallenges: EmailChallenges;
  config: Pick<Config, 'signUp' | 'emailSignIn'>;
}

export function createEmailOtpRequest(dependencies: Dependencies): RequestEmailOtp {
  const { db, transact, audit, accounts, emailChallenges, config } = dependencies;

  const parse = ({ email, locale }: EmailOtpRequest) =>
    acceptInput({
      email: parseEmail(email) ?? new FieldProblem('email', 'INVALID_FORMAT', 'email-format'),
      locale: parseProfileField('locale', locale),
    });

  return async (input, client) => {
    if (!config.emailSignIn.enabled)
      return new InvalidInput([new FieldProblem('email', 'NOT_ALLOWED', 'email-sign-in-off')]);
    const parsed = parse(input);
    if (isProblem(parsed)) return parsed;
    const { email } = parsed;
    const permit = await emailChallenges.checkLimits(email, 'email-sign-in', client);
    if (isProblem(permit)) {
      await audit.record(db, { type: 'email-verification', outcome: 'limited', method: 'email-code', client });
      return permit;
    }

    return transact(async (tx) => {
      const user = await accounts.holdByEmail(tx, email);
      const event = { type: 'email-verification', outcome: 'requested', method: 'email-code' } as const;
      await audit.record(tx, { ...event, userId: user?.id, client });
      const locale = parseLocale(parsed.locale) ?? parseLocale(user?.locale) ?? client.locale;
      const payload: PendingEmailSignIn = { locale: parsed.locale };
      const request = { purpose: 'SIGN_IN_EMAIL', email, userId: user?.id, payload, permit, client, locale } as const;
      return user || config.signUp === 'open'
        ? emailChallenges.send(tx, request)
        : emailChallenges.sendDecoy(tx, request, undefined);
    });
  };
}
