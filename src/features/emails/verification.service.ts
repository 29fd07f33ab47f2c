import { parseEmail } from '../../core/identifiers.ts';
import { isId } from '../../core/ids.ts';
import { parseLocale } from '../../core/locale.ts';
import { AccountDisabled, ChallengeFailed, FieldProblem, InvalidInput, RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { DEVICE_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type Answer, type AnswerInput, parseAnswer } from '../challenges/answer.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import { EmailVerified } from './email-verified.ts';
import { accountFor, pendingAccount } from './pending-sign-up.ts';

const PURPOSES = ['SIGN_UP', 'VERIFY_EMAIL', 'LOGIN_EMAIL'] as const;

/** More attempts than these are pending for one address: nobody needs the rest to see that there is not just one. */
const MAX_PENDING_ATTEMPTS = 20;

export interface Proof extends AnswerInput {
  device?: string | null | undefined;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  challenges: Challenges;
  invalidate: Invalidate;
  emailChallenges: EmailChallenges;
  signIn: SignIn;
}

type Method = 'email-code' | 'email-link';

/** A link verifies the address without signing in: the person who opens it may not be the one who asked. */
type Verified = { user: User; isNewUser: boolean } | ChallengeFailed;

export type Verification = ReturnType<typeof createVerification>;

export function createVerification(dependencies: Dependencies) {
  const { db, transact, audit, accounts, passwords, challenges, invalidate, emailChallenges, signIn } = dependencies;

  const waitingSignUps = (tx: Db, subject: string) =>
    challenges.open(tx, { subject, purpose: 'SIGN_UP', limit: MAX_PENDING_ATTEMPTS });

  /** Creates the account that was waiting for this. */
  async function completeSignUp(tx: Db, challenge: ChallengeRow, method: Method, client: Client): Promise<Verified> {
    const email = parseEmail(challenge.subject);
    const others = method === 'email-link' ? await waitingSignUps(tx, challenge.subject) : [];
    const { passwordHash, profile, phone = null } = accountFor([challenge, ...others]);
    const user = email && (await accounts.create(tx, { ...profile, email, phone, emailVerified: true }));
    if (!user) return new ChallengeFailed('ALREADY_USED'); // another attempt was quicker
    if (passwordHash !== null) await passwords.save(tx, user.id, passwordHash);
    await invalidate(tx, 'account created', { user, client });
    await audit.record(tx, { type: 'sign-up', outcome: 'completed', userId: user.id, method, client });
    return { user, isNewUser: true };
  }

  async function verifyExisting(tx: Db, challenge: ChallengeRow): Promise<Verified> {
    const user = challenge.userId && (await accounts.verifyEmail(tx, challenge.userId, challenge.subject));
    return user ? { user, isNewUser: false } : new ChallengeFailed('UNKNOWN');
  }

  /** Consumes the challenge and does what it unlocks, in one transaction. */
  function redeem(challenge: ChallengeRow, method: Method, client: Client, device: string | null) {
    return transact(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const verified =
        challenge.purpose === 'SIGN_UP'
          ? await completeSignUp(tx, challenge, method, client)
          : await verifyExisting(tx, challenge);
      if (verified instanceof ChallengeFailed) return verified;
      const { user, isNewUser } = verified;
      await audit.record(tx, { type: 'email-verification', outcome: 'succeeded', userId: user.id, method, client });
      if (method === 'email-code') return signIn.admitVerified(tx, { user, method, client, device, isNewUser });
      return user.isActive ? new EmailVerified(challenge.subject) : new AccountDisabled();
    });
  }

  /** Who it was is not known; which challenge, and so whose, is. */
  function recordRefusal(outcome: 'failed' | 'limited', answer: Answer, method: Method, client: Client) {
    const id = 'challengeId' in answer && isId(answer.challengeId) ? answer.challengeId : undefined;
    const detail = id === undefined ? {} : { challenge: id };
    return audit.record(db, { type: 'email-verification', outcome, method, client, detail });
  }

  return {
    async verifyEmail(
      proof: Proof,
      client: Client,
    ): Promise<Authenticated | EmailVerified | ChallengeFailed | AccountDisabled | InvalidInput | RateLimited> {
      const answer = parseAnswer(proof);
      const device = tidyText('device', proof.device, DEVICE_MAX_LENGTH);
      if (answer instanceof InvalidInput) return answer;
      if (device instanceof FieldProblem) return new InvalidInput([device]);

      const method = 'token' in answer ? 'email-link' : 'email-code';
      const challenge = await challenges.check(answer, PURPOSES, client);
      const outcome = 'purpose' in challenge ? await redeem(challenge, method, client, device) : challenge;
      if (outcome instanceof ChallengeFailed) await recordRefusal('failed', answer, method, client);
      if (outcome instanceof RateLimited) await recordRefusal('limited', answer, method, client);
      return outcome;
    },

    /**
     * Sends the proof again: for an unproved account, or for a sign-up that waits. Everybody else gets the same answer
     * after the same work, and no mail.
     * @param challengeId of the sign-up or of an earlier message; says which attempt is meant
     */
    async requestEmailVerification(
      { email: text, challengeId }: { email: string; challengeId?: string | null | undefined },
      client: Client,
    ): Promise<Challenge | InvalidInput | RateLimited> {
      const email = parseEmail(text);
      if (!email) return new InvalidInput([new FieldProblem('email', 'INVALID_FORMAT', 'email-format')]);
      const limited = await emailChallenges.maySend(email, client);
      if (limited) {
        await audit.record(db, { type: 'email-verification', outcome: 'limited', client });
        return limited;
      }

      return transact(async (tx) => {
        const user = await accounts.holdByEmail(tx, email);
        const waiting = await waitingSignUps(tx, email);
        const userId = user?.id;
        await audit.record(tx, { type: 'email-verification', outcome: 'requested', userId, client });
        const request = { email, client };
        if (user && !user.emailVerifiedAt) {
          const locale = parseLocale(user.locale) ?? client.locale;
          return emailChallenges.send(tx, { ...request, purpose: 'VERIFY_EMAIL', userId, locale });
        }
        const payload = user ? undefined : pendingAccount(waiting, challengeId);
        const locale = parseLocale(payload?.profile.locale) ?? client.locale;
        return payload
          ? emailChallenges.send(tx, { ...request, purpose: 'SIGN_UP', payload, locale })
          : emailChallenges.sendDecoy(tx, { ...request, purpose: 'SIGN_UP', locale }, undefined);
      });
    },
  };
}
