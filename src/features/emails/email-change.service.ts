import { Unauthenticated } from '../../core/errors.ts';
import { parseEmail } from '../../core/identifiers.ts';
import {
  ChallengeFailed,
  type EmailTaken,
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
import { EmailChanged } from './email-changed.ts';

/**
 * Moves the account to its new address. By code: for the signed-in user who requested it. By link: for anyone who can
 * read the mail of the new address. The old address gets a link that undoes the change.
 * @param viewer throws if no user is signed in
 */
export type ConfirmEmailChange = (
  input: AnswerInput,
  viewer: () => Promise<Viewer>,
  client: Client,
) => Promise<EmailChanged | ChallengeFailed | EmailTaken | InvalidInput | RateLimited>;

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  redeem: Redeem;
  invalidate: Invalidate;
  sessions: Sessions;
  notices: Notices;
}

export function createEmailChange(dependencies: Dependencies): ConfirmEmailChange {
  const { audit, accounts, redeem, invalidate, sessions, notices } = dependencies;

  /** @param asker who answers by code, and whose session must still be live */
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
    const asker = method === 'email-code' ? await viewer() : undefined;

    return redeem(answer, {
      purposes: ['CHANGE_EMAIL'],
      client,
      askedBy: asker?.userId,
      async lock(tx, challenge) {
        const user = await lockUser(tx, challenge, asker);
        const email = parseEmail(challenge.subject);
        return email && user?.isActive ? { user, email } : new ChallengeFailed('UNKNOWN');
      },
      async apply(tx, _, { holder: { user: before, email } }) {
        const user = await accounts.changeEmail(tx, before.id, email);
        await invalidate(tx, 'email changed', { user, client });
        await audit.record(tx, { type: 'email-change', outcome: 'succeeded', userId: user.id, method, client });
        await notices.emailChanged(tx, before, email, client);
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
