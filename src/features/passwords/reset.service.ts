import { parseEmail } from '../../core/identifiers.ts';
import { localeOf } from '../../core/locale.ts';
import { ChallengeFailed, FieldProblem, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Meter } from '../budgets/budget.service.ts';
import type { Limits } from '../budgets/limits.ts';
import { type AnswerInput, parseAnswer } from '../challenges/answer.ts';
import type { Challenge } from '../challenges/challenge.graphql.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import { QUEUE_FULL, QUEUE_RETRY } from '../credentials/hash-queue.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { Reclaim } from '../sign-in/reclaim.service.ts';
import { PasswordChanged } from './password-changed.ts';
import type { PasswordNotice } from './password-notice.service.ts';

export interface ResetAnswer extends AnswerInput {
  newPassword: string;
}

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  challenges: Challenges;
  emailChallenges: EmailChallenges;
  sessions: Sessions;
  reclaim: Reclaim;
  notify: PasswordNotice;
  meter: Meter;
  limits: Limits;
}

export type PasswordReset = ReturnType<typeof createPasswordReset>;

export function createPasswordReset(dependencies: Dependencies) {
  const { db, audit, accounts, passwords, hasher, policy, challenges, emailChallenges } = dependencies;
  const { sessions, reclaim, notify, meter, limits } = dependencies;

  /**
   * Asks the owner of an address to choose a new password. Who is asked learns it by mail; everybody else gets the same
   * answer after the same work. It locks nothing and nobody out.
   */
  async function request(identifier: string, client: Client): Promise<Challenge | InvalidInput | RateLimited> {
    const email = parseEmail(identifier);
    if (!email) return new InvalidInput([new FieldProblem('identifier', 'INVALID_FORMAT', 'email-format')]);
    const limited = await emailChallenges.maySend(email, client);
    if (limited) {
      await audit.record(db, { type: 'password-reset', outcome: 'limited', client });
      return limited;
    }
    const challenge = await db.transaction(async (tx) => {
      const user = await accounts.byEmail(tx, email);
      await audit.record(tx, { type: 'password-reset', outcome: 'requested', userId: user?.id, client });
      const locale = localeOf(user?.locale) ?? client.locale;
      const demand = { purpose: 'RESET_PASSWORD', email, userId: user?.id, client, locale } as const;
      return user?.isActive ? emailChallenges.send(tx, demand) : emailChallenges.sendDecoy(tx, demand, undefined);
    });
    emailChallenges.wake();
    return challenge;
  }

  async function reset({ newPassword, ...input }: ResetAnswer, client: Client) {
    const answer = parseAnswer(input);
    if (answer instanceof InvalidInput) return answer;
    // Before the proof: a password that is refused costs neither a guess nor the link.
    const judged = policy.judge(newPassword, { words: [], path: 'newPassword' });
    if ('problem' in judged) return new InvalidInput([judged.problem]);

    const method = 'token' in answer ? 'email-link' : 'email-code';
    const challenge = await challenges.prove(answer, ['RESET_PASSWORD'], client);
    if (!('purpose' in challenge)) {
      const outcome = challenge instanceof ChallengeFailed ? 'failed' : 'limited';
      await audit.record(db, { type: 'password-reset', outcome, method, client });
      return challenge;
    }
    // With what is known of the person only now.
    const known = policy.judge(newPassword, { words: [challenge.subject], path: 'newPassword' });
    if ('problem' in known) return new InvalidInput([known.problem]);
    return complete(challenge, await hasher.hash(known.password), method, client);
  }

  /**
   * Whoever proves the address is its owner, whatever was there before: every session ends, the password is new, and on
   * an account whose address was never proved nothing of an earlier stranger is left.
   */
  async function complete(
    challenge: ChallengeRow,
    hash: string,
    method: 'email-code' | 'email-link',
    client: Client,
  ): Promise<PasswordChanged | ChallengeFailed> {
    const done = await db.transaction(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const [userId, email] = [challenge.userId, parseEmail(challenge.subject)];
      const claim = userId && email && ({ userId, email, endReason: 'password-changed', client } as const);
      const taken = claim ? await reclaim(tx, claim) : undefined;
      const user = userId && (taken?.user ?? (await accounts.proveEmail(tx, userId, challenge.subject)));
      if (!user) return new ChallengeFailed('UNKNOWN'); // the account moved to another address, or is gone
      await passwords.save(tx, user.id, hash);
      await challenges.withdraw(tx, challenge.subject, 'RESET_PASSWORD');
      const ended = await sessions.endWithin(tx, { allOf: user.id }, 'password-changed', client);
      await audit.record(tx, { type: 'password-reset', outcome: 'succeeded', userId: user.id, method, client });
      await notify(tx, user, client);
      return [...(taken?.ended ?? []), ...ended];
    });
    if (done instanceof ChallengeFailed) return done;
    sessions.announce(done);
    emailChallenges.wake();
    // Guesses at the old password say nothing about the new one: a locked account is open to its owner again.
    await meter.clear({ limit: limits.loginByAccount, key: challenge.subject });
    return new PasswordChanged(done.length);
  }

  return {
    request,

    async reset(answer: ResetAnswer, client: Client) {
      const outcome = await hasher.admit(() => reset(answer, client));
      return outcome === QUEUE_FULL ? new RateLimited(QUEUE_RETRY) : outcome;
    },

    /**
     * What the link of a notice does for an owner who did not do it: ends every session and starts a reset.
     * ChallengeFailed when the link is no longer good.
     */
    async notMe(token: string, client: Client): Promise<'secured' | ChallengeFailed | RateLimited> {
      const challenge = await challenges.prove({ token }, ['NOT_ME'], client);
      if (!('purpose' in challenge)) return challenge;
      const ended = await db.transaction(async (tx) => {
        if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
        const email = parseEmail(challenge.subject);
        const user = email && (await accounts.byEmail(tx, email));
        if (!email || !user || user.id !== challenge.userId) return new ChallengeFailed('UNKNOWN');
        const locale = localeOf(user.locale) ?? client.locale;
        await emailChallenges.send(tx, { purpose: 'RESET_PASSWORD', email, userId: user.id, client, locale });
        await audit.record(tx, { type: 'password-reset', outcome: 'requested', userId: user.id, client });
        return sessions.endWithin(tx, { allOf: user.id }, 'revoked', client);
      });
      if (ended instanceof ChallengeFailed) return ended;
      sessions.announce(ended);
      emailChallenges.wake();
      return 'secured';
    },
  };
}
