import { after } from '../../core/clock.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { ChallengeFailed, EmailTaken, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { violatedConstraint } from '../../infra/db/conflict.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { messageLocale } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import { NOTICE_TTL } from '../notices/notice.service.ts';

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  challenges: Challenges;
  emailChallenges: EmailChallenges;
  invalidate: Invalidate;
}

export type EmailChangeUndo = ReturnType<typeof createEmailChangeUndo>;

/** The link in the notice to the old address: for an owner whose account somebody else has moved away. */
export function createEmailChangeUndo(dependencies: Dependencies) {
  const { db, transact, audit, accounts, challenges, emailChallenges, invalidate } = dependencies;

  /** Restores the old address, however many changes followed. Removes the password: the change was made with it. */
  async function restore(challenge: ChallengeRow, client: Client): Promise<'restored' | ChallengeFailed> {
    const email = parseEmail(challenge.subject);
    return transact(async (tx) => {
      const before = challenge.userId ? await accounts.lock(tx, challenge.userId) : undefined;
      if (!email || !before?.isActive) return new ChallengeFailed('UNKNOWN');
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const { id: userId } = before;
      await accounts.changeEmail(tx, userId, email);
      await invalidate(tx, 'email change undone', {
        user: { ...before, email },
        client,
        // Also what was added shortly before: a notice from then can still be contested, and identities have none.
        since: after(challenge.createdAt, -NOTICE_TTL),
        undoneAt: challenge.createdAt,
      });
      const event = { type: 'email-change-undo', outcome: 'succeeded', method: 'email-link' } as const;
      await audit.record(tx, { ...event, userId, client });
      const locale = messageLocale(before, client.locale);
      await emailChallenges.send(tx, { purpose: 'RESET_PASSWORD', email, userId, client, locale });
      return 'restored';
    });
  }

  async function redeem(challenge: ChallengeRow, client: Client) {
    try {
      return await restore(challenge, client);
    } catch (error) {
      if (violatedConstraint(error) !== 'users_email_key') throw error;
      return new EmailTaken(); // Nobody loses an address that they have proved since.
    }
  }

  return {
    async undo(token: string, client: Client): Promise<'restored' | ChallengeFailed | EmailTaken | RateLimited> {
      const challenge = await challenges.check({ token }, ['UNDO_EMAIL_CHANGE'], client);
      const done = 'purpose' in challenge ? await redeem(challenge, client) : challenge;
      if (done === 'restored') return done;
      const userId = 'purpose' in challenge ? (challenge.userId ?? undefined) : undefined;
      const outcome = done instanceof EmailTaken ? 'taken' : 'failed';
      await audit.record(db, { type: 'email-change-undo', outcome, userId, method: 'email-link', client });
      return done;
    },

    /** The address that the token would restore; undefined when it is good for nothing. Uses nothing up. */
    async oldAddress(token: string, client: Client): Promise<string | undefined> {
      const challenge = await challenges.check({ token }, ['UNDO_EMAIL_CHANGE'], client);
      return 'purpose' in challenge ? challenge.subject : undefined;
    },
  };
}
