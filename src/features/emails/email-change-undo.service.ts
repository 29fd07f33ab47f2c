import { after } from '../../core/clock.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { ChallengeFailed, type EmailTaken, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { asEmailTaken } from '../accounts/taken.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { ChallengeCheck } from '../challenges/challenge-check.service.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import { NOTICE_TTL } from '../notices/notice-links.ts';
import { MAILBOX, type VerifyAddress } from '../sign-in/address-verification.service.ts';

/** The link in the notice to the old address, for an owner whose account an attacker has taken over. */
export interface EmailChangeUndo {
  /**
   * Restores the old address, even after further changes, and removes the password, which the change was made with.
   * Sends a reset to the restored address. EmailTaken if another account has verified that address since.
   */
  undo(token: string, client: Client): Promise<User | ChallengeFailed | EmailTaken | RateLimited>;
  /** The address that the token would restore; undefined if it is not valid. Consumes nothing. */
  oldAddress(token: string, client: Client): Promise<string | undefined>;
}

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  challengeCheck: ChallengeCheck;
  redeem: Redeem;
  emailChallenges: EmailChallenges;
  invalidate: Invalidate;
  verifyAddress: VerifyAddress;
  notices: Notices;
}

const PURPOSES = ['UNDO_EMAIL_CHANGE'] as const;

export function createEmailChangeUndo(dependencies: Dependencies): EmailChangeUndo {
  const { audit, accounts, challengeCheck, redeem, emailChallenges, invalidate, verifyAddress, notices } = dependencies;

  return {
    undo: (token, client) =>
      redeem(
        { token },
        {
          purposes: PURPOSES,
          client,
          async lock(tx, { userId, subject }) {
            const user = userId === null ? undefined : await accounts.lock(tx, userId);
            const email = parseEmail(subject);
            return email && user?.isActive ? { user, email } : new ChallengeFailed('UNKNOWN');
          },
          async apply(tx, { createdAt }, { holder: { user: before, email } }) {
            const { user } = await verifyAddress(tx, { user: before, email, shown: MAILBOX, client });
            // Also what was added shortly before: a notice from then can still be contested, and identities have none.
            const since = after(createdAt, -NOTICE_TTL);
            await invalidate(tx, 'email change undone', {
              user,
              client,
              since,
              factorsTrustedBefore: since,
              undoneAt: createdAt,
            });
            await notices.emailChangeUndone(tx, before, client);
            const now = await accounts.lock(tx, user.id);
            if (now) await notices.phoneChanged(tx, user, now, client);
            const event = { type: 'email-change-undo', outcome: 'succeeded', method: 'email-link' } as const;
            await audit.record(tx, { ...event, userId: user.id, client });
            const locale = messageLocale(user, client.locale);
            const permit = emailChallenges.permit(user.id, client);
            const request = { purpose: 'RESET_PASSWORD', email, userId: user.id, permit, client, locale } as const;
            await emailChallenges.send(tx, request);
            return user;
          },
          conflict: asEmailTaken,
          refused: (refusal, challenge) => ({
            type: 'email-change-undo',
            outcome: refusal === 'taken' ? 'taken' : 'failed',
            userId: challenge?.userId ?? undefined,
            method: 'email-link',
            client,
          }),
        },
      ),

    async oldAddress(token, client) {
      const challenge = await challengeCheck.check({ token }, { purposes: PURPOSES, client });
      return isProblem(challenge) ? undefined : challenge.subject;
    },
  };
}
