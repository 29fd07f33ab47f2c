import { Unauthenticated } from '../../core/errors.ts';
import { parsePhone } from '../../core/phones.ts';
import { ChallengeFailed, isProblem, type PhoneTaken, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Answer } from '../challenges/answer.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { PendingVerification } from './pending-phone.ts';
import { refusedConfirmation } from './phone-confirmation.ts';
import { PhoneVerified } from './phone-verified.ts';

/** Assigns the number to the account of the signed-in user, who must be the one who requested the code. */
export type VerifyPhone = (
  answer: Answer,
  asker: Viewer,
  client: Client,
) => Promise<PhoneVerified | ChallengeFailed | PhoneTaken | RateLimited>;

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  redeem: Redeem;
  invalidate: Invalidate;
  sessions: Sessions;
  notices: Notices;
}

export function createPhoneVerification(dependencies: Dependencies): VerifyPhone {
  const { audit, accounts, redeem, invalidate, sessions, notices } = dependencies;

  return (answer, asker, client) =>
    redeem(answer, {
      purposes: ['VERIFY_PHONE'],
      client,
      askedBy: asker.userId,
      async lock(tx) {
        const user = await sessions.lockForChange(tx, asker);
        if (!user) throw new Unauthenticated();
        return user;
      },
      async apply(tx, { subject, payload }, { holder: before }) {
        const { instead } = payload as PendingVerification; // Only the request writes it.
        const phone = parsePhone(subject);
        // The account got another number since the password was checked, or the numbering plan has changed.
        if (!phone || verifiedPhone(before) !== instead) return new ChallengeFailed('UNKNOWN');
        const event = { userId: before.id, method: 'sms-code', client } as const;
        const user = await accounts.verifyPhone(tx, before, phone);
        if (isProblem(user)) {
          await audit.record(tx, { ...event, type: 'phone-verification', outcome: 'taken' });
          return user;
        }
        await invalidate(tx, 'phone verified', { user, client });
        await audit.record(tx, { ...event, type: 'phone-verification', outcome: 'succeeded' });
        if (phone !== instead) {
          await audit.record(tx, { ...event, type: 'phone-change', outcome: 'succeeded' });
          await notices.phoneChanged(tx, before, user, client);
        }
        return new PhoneVerified(user);
      },
      refused: (refusal) => refusedConfirmation(refusal, client),
    });
}
