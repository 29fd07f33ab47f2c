import { type Email, parseEmail } from '../../core/identifiers.ts';
import { ChallengeFailed, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { ChallengeCheck } from '../challenges/challenge-check.service.ts';

export interface SignInPreview {
  email: Email;
  createsAccount: boolean;
}

/** Whom the token of a link would sign in, so that a page can say it. Consumes nothing. */
export type PreviewEmailSignIn = (
  token: string,
  client: Client,
) => Promise<SignInPreview | ChallengeFailed | RateLimited>;

interface Dependencies {
  db: Db;
  accounts: Accounts;
  challengeCheck: ChallengeCheck;
}

export function createEmailSignInPreview({ db, accounts, challengeCheck }: Dependencies): PreviewEmailSignIn {
  return async (token, client) => {
    const challenge = await challengeCheck.check({ token }, { purposes: ['SIGN_IN_EMAIL'], client });
    if (isProblem(challenge)) return challenge;
    const email = parseEmail(challenge.subject);
    if (!email) return new ChallengeFailed('UNKNOWN');
    const hasAccount = challenge.userId !== null || (await accounts.byEmail(db, email)) !== undefined;
    return { email, createsAccount: !hasAccount };
  };
}
