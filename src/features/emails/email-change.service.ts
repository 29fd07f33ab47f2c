import { Unauthenticated } from '../../core/errors.ts';
import { parseEmail } from '../../core/identifiers.ts';
import {
  ChallengeFailed,
  type EmailTaken,
  type InvalidCredentials,
  type InvalidInput,
  isProblem,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { asEmailTaken } from '../accounts/taken.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type AnswerInput, answerMethod, parseAnswer } from '../challenges/answer.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { VerifyAddress } from '../sign-in/address-verification.service.ts';
import type { CheckHolder } from '../sign-in/holder-check.service.ts';
import { EmailChanged } from './email-changed.ts';

/**
 * Moves the account to its new address. By code: for the signed-in user who requested it. By link: for anyone who can
 * read the mail of the new address; an account that never had a verified address is handed over to that person, unless
 * they show the session or the password. The old address gets a link that undoes the change.
 * @param viewer the signed-in user, if there is one
 */
export type ConfirmEmailChange = (
  input: AnswerInput & { password?: string | null | undefined },
  viewer: Viewer | undefined,
  client: Client,
) => Promise<EmailChanged | ChallengeFailed | EmailTaken | InvalidCredentials | InvalidInput | RateLimited>;

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  redeem: Redeem;
  invalidate: Invalidate;
  sessions: Sessions;
  checkHolder: CheckHolder;
  verifyAddress: VerifyAddress;
  notices: Notices;
}

export function createEmailChange(dependencies: Dependencies): ConfirmEmailChange {
  const { audit, accounts, redeem, invalidate, sessions, checkHolder, verifyAddress, notices } = dependencies;

  /** @param asker the signed-in user, if the answer is a code; the session must still be live */
  async function lockUser(tx: Tx, { userId }: ChallengeRow, asker: Viewer | undefined): Promise<User | undefined> {
    if (!asker) return userId === null ? undefined : accounts.lock(tx, userId);
    const user = await sessions.lockHolder(tx, asker);
    if (!user) throw new Unauthenticated();
    return user;
  }

  return async (input, viewer, client) => {
    const answer = parseAnswer(input);
    if (isProblem(answer)) return answer;
    const method = answerMethod(answer);
    const asker = method === 'email-code' ? viewer : undefined;
    if (method === 'email-code' && !asker) throw new Unauthenticated();

    return redeem(answer, {
      purposes: ['CHANGE_EMAIL'],
      client,
      askedBy: asker?.userId,
      prepare: (challenge) => checkHolder(challenge, { viewer, password: input.password, byCode: false }, client),
      async lock(tx, challenge) {
        const user = await lockUser(tx, challenge, asker);
        const email = parseEmail(challenge.subject);
        return email && user?.isActive ? { user, email } : new ChallengeFailed('UNKNOWN');
      },
      async apply(tx, _, { ready: shown, holder: { user: before, email } }) {
        const { user } = await verifyAddress(tx, { user: before, email, shown, client });
        await invalidate(tx, 'email changed', { user, client });
        await audit.record(tx, { type: 'email-change', outcome: 'succeeded', userId: user.id, method, client });
        await notices.emailChanged(tx, before, user, client);
        return new EmailChanged(user);
      },
      conflict: asEmailTaken,
      refused: (outcome, challenge) => {
        const userId = challenge?.userId ?? asker?.userId;
        return { type: 'email-change', outcome, userId, method, client };
      },
    });
  };
}
