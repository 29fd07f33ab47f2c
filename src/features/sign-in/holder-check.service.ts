import { type InvalidCredentials, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { type ChallengeRow, isAfterPassword } from '../challenges/challenge.ts';
import { MAILBOX, type Shown } from './address-verification.service.ts';
import type { CheckPassword } from './password-check.service.ts';

export interface Holding {
  viewer: Viewer | undefined;
  /** The account's password, for a caller who wants to keep it. */
  password: string | null | undefined;
  byCode: boolean;
}

/**
 * What a caller who completes an email challenge has shown besides access to the mailbox. A link shows nothing else: an
 * attacker can have it sent by signing in. A code belongs to the client that has the challenge's ID.
 * InvalidCredentials and RateLimited only if a password is given.
 */
export type CheckHolder = (
  challenge: ChallengeRow,
  holding: Holding,
  client: Client,
) => Promise<Shown | InvalidCredentials | RateLimited>;

interface Dependencies {
  accounts: Accounts;
  checkPassword: CheckPassword;
}

export function createHolderCheck({ accounts, checkPassword }: Dependencies): CheckHolder {
  return async (challenge, { viewer, password, byCode }, client) => {
    const { userId, createdAt } = challenge;
    if (userId === null) return MAILBOX;
    if (viewer?.userId === userId) return { session: viewer };
    if (byCode && isAfterPassword(challenge)) return { passwordAt: createdAt };
    const user = password ? await accounts.byId(userId) : undefined;
    if (!user || user.emailVerifiedAt !== null) return MAILBOX;
    const checked = await checkPassword(user, password, client);
    if (isProblem(checked)) return checked;
    return checked.setAt === undefined ? MAILBOX : { checked };
  };
}
