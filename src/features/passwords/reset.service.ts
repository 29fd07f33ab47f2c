import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { parseLocale } from '../../core/locale.ts';
import { parsePhone } from '../../core/phones.ts';
import {
  ChallengeFailed,
  FieldProblem,
  InvalidInput,
  isProblem,
  PasswordRequired,
  RateLimited,
  type SmsUnavailable,
} from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { profileOf } from '../accounts/profile.ts';
import { type Kept, messageLocale, type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type AnswerInput, parseAnswer } from '../challenges/answer.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { PhoneChallenges } from '../challenges/phone-challenge.service.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Limits } from '../rate-limits/limits.ts';
import type { RateLimiter } from '../rate-limits/rate-limiter.service.ts';
import type { ClaimAccount, ClaimedAccount } from '../sign-in/account-claim.service.ts';
import type { PhoneTrust } from '../sign-in/phone-trust.service.ts';
import { PasswordChanged } from './password-changed.ts';

export interface ResetAnswer extends AnswerInput {
  newPassword: string;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  challenges: Challenges;
  emailChallenges: EmailChallenges;
  phoneChallenges: PhoneChallenges;
  phoneTrust: PhoneTrust;
  invalidate: Invalidate;
  notices: Notices;
  claimAccount: ClaimAccount;
  limiter: RateLimiter;
  limits: Limits;
}

export type PasswordReset = ReturnType<typeof createPasswordReset>;

export function createPasswordReset(dependencies: Dependencies) {
  const { db, transact, audit, accounts, passwords, hasher, policy, challenges, emailChallenges } = dependencies;
  const { phoneChallenges, phoneTrust, invalidate, notices, claimAccount, limiter, limits } = dependencies;

  /**
   * Asks the owner of an address or of a number to choose a new password. Who is asked learns it by message; everybody
   * else gets the same answer after the same work. It locks nothing and nobody out.
   */
  async function request(
    identifier: string,
    client: Client,
  ): Promise<Challenge | InvalidInput | RateLimited | SmsUnavailable> {
    const email = parseEmail(identifier);
    if (email) return requestByMail(email, client);
    const phone = parsePhone(identifier);
    if (phone) return requestBySms(phone, client);
    return new InvalidInput([new FieldProblem('identifier', 'INVALID_FORMAT', 'identifier-format')]);
  }

  /** What becomes of the message must not show: only numbers with an account get one. */
  async function requestBySms(phone: Phone, client: Client): Promise<Challenge | RateLimited | SmsUnavailable> {
    const event = { type: 'password-reset', method: 'sms-code', client } as const;
    const refused = await phoneChallenges.maySend(phone, client);
    if (refused) {
      const outcome = refused instanceof RateLimited ? 'limited' : 'unavailable';
      await audit.record(db, { ...event, outcome });
      return refused;
    }
    return transact(async (tx) => {
      const user = await accounts.holdByVerifiedPhone(tx, phone);
      await audit.record(tx, { ...event, outcome: 'requested', userId: user?.id });
      const locale = parseLocale(user?.locale) ?? client.locale;
      const request = { purpose: 'RESET_PASSWORD', phone, userId: user?.id, locale } as const;
      return user?.isActive ? phoneChallenges.send(tx, request) : phoneChallenges.sendDecoy(tx, request);
    });
  }

  async function requestByMail(email: Email, client: Client): Promise<Challenge | RateLimited> {
    const limited = await emailChallenges.maySend(email, client);
    if (limited) {
      await audit.record(db, { type: 'password-reset', outcome: 'limited', client });
      return limited;
    }
    return transact(async (tx) => {
      const user = await accounts.holdByEmail(tx, email);
      await audit.record(tx, { type: 'password-reset', outcome: 'requested', userId: user?.id, client });
      const locale = parseLocale(user?.locale) ?? client.locale;
      const request = { purpose: 'RESET_PASSWORD', email, userId: user?.id, client, locale } as const;
      return user?.isActive ? emailChallenges.send(tx, request) : emailChallenges.sendDecoy(tx, request, undefined);
    });
  }

  async function reset({ newPassword, ...input }: ResetAnswer, client: Client) {
    const answer = parseAnswer(input);
    if (answer instanceof InvalidInput) return answer;
    // Before the proof: a password that is refused costs neither a guess nor the link.
    const judged = policy.judge(newPassword, { words: [], path: 'newPassword' });
    if (isProblem(judged)) return new InvalidInput([judged]);

    const asked = 'challengeId' in answer ? await challenges.find(answer.challengeId) : undefined;
    const method = 'token' in answer ? 'email-link' : asked?.channel === 'SMS' ? 'sms-code' : 'email-code';
    const challenge = await challenges.check(answer, ['RESET_PASSWORD'], client);
    if (!('purpose' in challenge)) {
      const outcome = challenge instanceof ChallengeFailed ? 'failed' : 'limited';
      await audit.record(db, { type: 'password-reset', outcome, method, client });
      return challenge;
    }
    // With what is known of the person only now.
    const known = policy.judge(newPassword, { words: [challenge.subject], path: 'newPassword' });
    if (isProblem(known)) return new InvalidInput([known]);
    const doubt = challenge.channel === 'SMS' ? await doubtAbout(challenge, client) : undefined;
    if (doubt) return doubt;
    return complete(challenge, await hasher.hash(known), method, client);
  }

  /** The account was not used for so long that its number may be somebody else's: the address is asked, too. */
  async function doubtAbout(challenge: ChallengeRow, client: Client) {
    const user = challenge.userId === null ? undefined : await accounts.byId(challenge.userId);
    const trust = user && isByPhone(user, challenge) ? await phoneTrust(user) : 'enough';
    if (!user || trust === 'enough') return undefined;
    const limited = trust === 'password' ? undefined : await emailChallenges.maySend(trust.ask, client);
    if (limited) return limited;
    return transact(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const event = { type: 'password-reset', outcome: 'long-unused', method: 'sms-code' } as const;
      await audit.record(tx, { ...event, userId: user.id, client });
      if (trust === 'password') return new PasswordRequired();
      const request = { purpose: 'RESET_PASSWORD', email: trust.ask, userId: user.id, client } as const;
      return emailChallenges.send(tx, { ...request, locale: messageLocale(user, client.locale) });
    });
  }

  /**
   * The account that the proof opens, locked, and the sessions that ended because they were a stranger's; undefined when
   * it has another address or number by now, is not active, or is gone.
   */
  async function openAccount(tx: Db, challenge: ChallengeRow, client: Client): Promise<ClaimedAccount | undefined> {
    const { channel, subject, userId } = challenge;
    const user = userId === null ? undefined : await accounts.lock(tx, userId);
    if (!user?.isActive) return undefined;
    if (channel === 'SMS') return isByPhone(user, challenge) ? { user, ended: 0 } : undefined;
    const email = parseEmail(subject);
    if (!email || user.email !== email) return undefined;
    if (user.emailVerifiedAt === null)
      return claimAccount(tx, {
        userId: user.id,
        email,
        kept: await profileFromInvitation(tx, user, challenge),
        client,
      });
    return { user, ended: 0 };
  }

  /**
   * Of an account that nobody has ever been in, what an administrator has said of the person whom they invite: no stranger
   * was there to say it. The number only when the invitation vouches for it.
   */
  async function profileFromInvitation(tx: Db, user: User, { payload }: ChallengeRow): Promise<Kept> {
    if (user.lastLoginAt !== null || (await passwords.has(tx, user.id))) return {};
    const { phone, phoneVerifiedAt } = user;
    const isVouchedFor = phone !== null && payload.phone === phone;
    return { ...profileOf(user), ...(isVouchedFor && { phone, phoneVerifiedAt }) };
  }

  /**
   * Whoever proves the address is its owner, whatever was there before: every session ends, the password is new, and on
   * an account whose address was never proved nothing of an earlier stranger is left.
   */
  async function complete(
    challenge: ChallengeRow,
    hash: string,
    method: 'email-code' | 'email-link' | 'sms-code',
    client: Client,
  ): Promise<PasswordChanged | ChallengeFailed> {
    const done = await transact(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const opened = await openAccount(tx, challenge, client);
      if (!opened) return new ChallengeFailed('UNKNOWN');
      const { user } = opened;
      await passwords.save(tx, user.id, hash);
      await accounts.touch(tx, user.id);
      const ended = await invalidate(tx, 'password reset', { user, client });
      await audit.record(tx, { type: 'password-reset', outcome: 'succeeded', userId: user.id, method, client });
      await notices.passwordChanged(tx, user, client);
      return { ended: opened.ended + ended, user };
    });
    if (done instanceof ChallengeFailed) return done;
    const { ended, user } = done;
    // Guesses at the old password say nothing about the new one: a locked account is open to its owner again.
    const names = new Set([challenge.subject, user.email, verifiedPhone(user)].filter((name) => name !== null));
    await limiter.clear(...[...names].map((key) => ({ limit: limits.loginByAccount, key })));
    if (challenge.channel === 'SMS') await phoneChallenges.confirmed(challenge.subject as Phone); // Parsed above.
    return new PasswordChanged(ended);
  }

  return {
    request,

    reset: (answer: ResetAnswer, client: Client) => hasher.admit(() => reset(answer, client)),

    /**
     * What the link of a notice does for an owner who did not do it: ends every session and what is pending, and starts
     * a reset.
     * ChallengeFailed when the link is no longer good.
     */
    async notMe(token: string, client: Client): Promise<'secured' | ChallengeFailed | RateLimited> {
      const challenge = await challenges.check({ token }, ['NOT_ME'], client);
      if (!('purpose' in challenge)) return challenge;
      return transact(async (tx) => {
        if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
        const email = parseEmail(challenge.subject);
        const user = challenge.userId ? await accounts.lock(tx, challenge.userId) : undefined;
        if (!email || user?.email !== email) return new ChallengeFailed('UNKNOWN');
        const contestedPhone = challenge.payload.phone === undefined ? undefined : String(challenge.payload.phone);
        await invalidate(tx, '"This wasn\'t me"', { user, client, since: challenge.createdAt, contestedPhone });
        const locale = parseLocale(user.locale) ?? client.locale;
        await emailChallenges.send(tx, { purpose: 'RESET_PASSWORD', email, userId: user.id, client, locale });
        await audit.record(tx, { type: 'not-me', outcome: 'succeeded', userId: user.id, method: 'email-link', client });
        return 'secured';
      });
    },
  };
}

/** Whether the account is active and the number that was asked about still its own. */
const isByPhone = (user: User, { subject }: ChallengeRow): boolean => user.isActive && verifiedPhone(user) === subject;
