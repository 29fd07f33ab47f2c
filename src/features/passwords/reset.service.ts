import {
  ChallengeFailed,
  InvalidInput,
  isProblem,
  type PasswordRequired,
  type RateLimited,
} from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Tx } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type Answer, type AnswerInput, answerMethod, parseAnswer } from '../challenges/answer.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import { networkCharges } from '../rate-limits/network-charges.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { PhoneTrust, RequiredStepUp } from '../sign-in/phone-trust.service.ts';
import { PasswordChanged } from './password-changed.ts';
import type { OpenAccount } from './reset-account.service.ts';

export interface ResetInput extends AnswerInput {
  newPassword: string;
}

/**
 * Sets a new password with the code or link of a reset, and ends every session. For an account that has not
 * been used for a long time, a code by text message is not sufficient.
 */
export type ResetPassword = (
  input: ResetInput,
  client: Client,
) => Promise<PasswordChanged | Challenge | ChallengeFailed | PasswordRequired | InvalidInput | RateLimited>;

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  challenges: Challenges;
  redeem: Redeem;
  openAccount: OpenAccount;
  phoneTrust: PhoneTrust;
  invalidate: Invalidate;
  notices: Notices;
  limiter: RateLimiter;
  limits: Limits;
}

type Next = { step: 'save'; hash: string } | { step: 'step-up'; user: User; stepUp: RequiredStepUp };
type Method = 'email-code' | 'email-link' | 'sms-code';

const resetMethod = (answer: Answer, challenge: ChallengeRow | undefined): Method =>
  challenge?.channel === 'SMS' ? 'sms-code' : answerMethod(answer);

export function createPasswordReset(dependencies: Dependencies): ResetPassword {
  const { db, audit, accounts, passwords, hasher, policy, challenges, redeem } = dependencies;
  const { openAccount, phoneTrust, invalidate, notices, limiter, limits } = dependencies;

  const findChallenge = async (answer: Answer) =>
    'challengeId' in answer ? challenges.find(answer.challengeId) : undefined;

  async function prepare(challenge: ChallengeRow, newPassword: string, client: Client) {
    // Checked again now that the address or number is known, because it must not be the password.
    const password = policy.judge(newPassword, { words: [challenge.subject], path: 'newPassword' });
    if (isProblem(password)) return new InvalidInput([password]);
    const { userId, channel, subject } = challenge;
    const user = channel === 'SMS' && userId !== null ? await accounts.byId(userId) : undefined;
    if (user && verifiedPhone(user) === subject) {
      const stepUp = await phoneTrust.assess(user, client);
      if (isProblem(stepUp)) return stepUp;
      if (stepUp.by !== 'none') return { step: 'step-up', user, stepUp } satisfies Next;
    }
    return { step: 'save', hash: await hasher.hash(password) } satisfies Next;
  }

  async function save(tx: Tx, challenge: ChallengeRow, hash: string, method: Method, client: Client) {
    const opened = await openAccount(tx, challenge, client);
    if (!opened) return new ChallengeFailed('UNKNOWN');
    const { user } = opened;
    await passwords.save(tx, user.id, hash);
    await accounts.touch(tx, user.id);
    const ended = await invalidate(tx, 'password reset', { user, client });
    await audit.record(tx, { type: 'password-reset', outcome: 'succeeded', userId: user.id, method, client });
    await notices.passwordReset(tx, user, client);
    // Guesses at the old password, and sign-ins with it, must not lock the owner out of the new one.
    const names = new Set([challenge.subject, user.email, verifiedPhone(user)].filter((name) => name !== null));
    tx.after(() => limiter.clearAttempts(limits.loginByAccount, ...names));
    tx.after(() => limiter.clearAttempts(limits.signInsByAccount, user.id));
    return new PasswordChanged(opened.ended + ended);
  }

  /** Before anything is looked up or judged. A token is counted when it is checked. */
  async function checkLimits(answer: Answer, client: Client): Promise<RateLimited | undefined> {
    if ('token' in answer) return undefined;
    const refusal = await limiter.consume(...networkCharges(limits.anonymousByNetwork, client.ip));
    const event = { type: 'password-reset', outcome: 'limited', method: 'email-code', client } as const;
    if (refusal) await audit.record(db, event);
    return refusal;
  }

  return async ({ newPassword, ...input }, client) => {
    const answer = parseAnswer(input);
    if (isProblem(answer)) return answer;
    const tooMany = await checkLimits(answer, client);
    if (tooMany) return tooMany;
    // A refused password must not use up a guess. With a link it is judged once the link is known to be right.
    const password = 'token' in answer ? newPassword : policy.judge(newPassword, { words: [], path: 'newPassword' });
    if (isProblem(password)) return new InvalidInput([password]);

    return redeem(answer, {
      purposes: ['RESET_PASSWORD'],
      client,
      hasher,
      prepare: (challenge) => prepare(challenge, newPassword, client),
      async apply(tx, challenge, { ready }) {
        if (ready.step === 'save') return save(tx, challenge, ready.hash, resetMethod(answer, challenge), client);
        return phoneTrust.requireStepUp(tx, ready.user, ready.stepUp, 'password-reset', client);
      },
      async refused(refusal, challenge) {
        const outcome = refusal === 'limited' ? 'limited' : 'failed';
        const tried = challenge ?? (outcome === 'failed' ? await findChallenge(answer) : undefined);
        return { type: 'password-reset', outcome, method: resetMethod(answer, tried), client };
      },
    });
  };
}
