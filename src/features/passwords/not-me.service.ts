import { after } from '../../core/clock.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { parseLocale } from '../../core/locale.ts';
import { ChallengeFailed, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import { type Contested, NOTICE_TTL } from '../notices/notice-links.ts';

/**
 * The "this wasn't me" link in a notice: removes what an attacker may have started or added, and sends the owner a
 * reset. ChallengeFailed if the link is no longer valid.
 */
export type SecureAccount = (token: string, client: Client) => Promise<User | ChallengeFailed | RateLimited>;

interface Dependencies {
  audit: Audit;
  accounts: Accounts;
  redeem: Redeem;
  emailChallenges: EmailChallenges;
  invalidate: Invalidate;
  notices: Notices;
}

export function createNotMe(dependencies: Dependencies): SecureAccount {
  const { audit, accounts, redeem, emailChallenges, invalidate, notices } = dependencies;
  return (token, client) =>
    redeem(
      { token },
      {
        purposes: ['NOT_ME'],
        client,
        async apply(tx, { subject, userId, payload, createdAt }) {
          const email = parseEmail(subject);
          const user = userId === null ? undefined : await accounts.lock(tx, userId);
          if (!email || user?.email !== email) return new ChallengeFailed('UNKNOWN');
          const { phone: contestedPhone, since, factorsSince } = payload as Contested; // Only notices write it.
          const change = {
            user,
            client,
            since: since ? new Date(since) : createdAt,
            factorsSince: factorsSince ? new Date(factorsSince) : undefined,
            // The notice of what was added after this could still be contested.
            factorsTrustedBefore: after(createdAt, -NOTICE_TTL),
            contestedPhone,
          };
          await invalidate(tx, '"This wasn\'t me"', change);
          const now = await accounts.lock(tx, user.id);
          if (now) await notices.phoneChanged(tx, user, now, client);
          const locale = parseLocale(user.locale) ?? client.locale;
          const permit = emailChallenges.permit(user.id, client);
          const request = { purpose: 'RESET_PASSWORD', email, userId: user.id, permit, client, locale } as const;
          await emailChallenges.send(tx, request);
          const event = { type: 'not-me', outcome: 'succeeded', method: 'email-link', client } as const;
          await audit.record(tx, { ...event, userId: user.id });
          return user;
        },
      },
    );
}
