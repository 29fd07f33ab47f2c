import { isProblem } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { ChallengeCheck } from '../challenges/challenge-check.service.ts';
import type { Passwords } from '../credentials/password.service.ts';

/**
 * Whether verifying an address with this token alone would remove a password, so that a page can ask for it. Consumes
 * nothing; false if the token is not valid.
 */
export type LosesPassword = (token: string, client: Client) => Promise<boolean>;

interface Dependencies {
  db: Db;
  accounts: Accounts;
  passwords: Passwords;
  challengeCheck: ChallengeCheck;
}

export function createHandoverPreview({ db, accounts, passwords, challengeCheck }: Dependencies): LosesPassword {
  return async (token, client) => {
    const challenge = await challengeCheck.check({ token }, { purposes: ['VERIFY_EMAIL', 'LOGIN_EMAIL'], client });
    if (isProblem(challenge) || challenge.userId === null) return false;
    const user = await accounts.byId(challenge.userId);
    return user !== undefined && user.emailVerifiedAt === null && (await passwords.has(db, user.id));
  };
}
