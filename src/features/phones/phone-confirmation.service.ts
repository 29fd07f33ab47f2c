import type { Config } from '../../config.ts';
import { Unauthenticated } from '../../core/errors.ts';
import type { Phone } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import {
  type AccountDisabled,
  ChallengeFailed,
  InvalidInput,
  PasswordRequired,
  PhoneTaken,
  RateLimited,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { messageLocale, type User, verifiedPhone } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
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
import type { Authenticated } from '../sessions/authenticated.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { PhoneTrust, Trust } from '../sign-in/phone-trust.service.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import type { PendingLogin, PendingVerification } from './pending-phone.ts';
import { type Confirmation, type ConfirmationInput, parseConfirmation } from './phone-confirmation.ts';
import { PhoneVerified } from './phone-verified.ts';

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  challenges: Challenges;
  invalidate: Invalidate;
  phoneChallenges: PhoneChallenges;
  sessions: Sessions;
  emailChallenges: EmailChallenges;
  signIn: SignIn;
  phoneTrust: PhoneTrust;
  notices: Notices;
  signUp: Config['signUp'];
}

export type ConfirmOutcome =
  | Authenticated
  | PhoneVerified
  | Challenge
  | ChallengeFailed
  | PhoneTaken
  | PasswordRequired
  | AccountDisabled
  | InvalidInput
  | RateLimited;

/** Who is signed in, found out when it matters. */
type Asker = () => Promise<Viewer | undefined>;

/** Somebody who comes with a number that has no account. */
interface Newcomer {
  asked: Confirmation;
  locale: string | null;
  hash: string | undefined;
}

export type ConfirmPhoneOtp = ReturnType<typeof createPhoneConfirmation>;

/** What a right code by text message unlocks: an account, a new one, or a number for the one that is signed in. */
export function createPhoneConfirmation(dependencies: Dependencies) {
  const { db, transact, audit, accounts, passwords, hasher, policy, challenges, invalidate } = dependencies;
  const { phoneChallenges, emailChallenges, sessions, signIn, phoneTrust, notices, signUp } = dependencies;

  const tell = (tx: Db, event: AuditEvent, client: Client) =>
    audit.record(tx, { ...event, method: 'sms-code', client });

  /** A code that proves a number for an account is good for nobody but who asked for it. */
  async function askerOf(purpose: ChallengePurpose | undefined, viewer: Asker): Promise<Viewer | undefined> {
    if (purpose !== 'VERIFY_PHONE') return undefined;
    const asker = await viewer();
    if (!asker) throw new Unauthenticated();
    return asker;
  }

  /** Locked, as long as the number is still its own: a proof opens nothing that was taken back before the lock. */
  async function lockOwner(tx: Db, id: string, phone: Phone): Promise<User | undefined> {
    const user = await accounts.lock(tx, id);
    return user && verifiedPhone(user) === phone ? user : undefined;
  }

  /** The account of a number that had none, made now. Of two that do this at once, one makes it. */
  async function accountOf(tx: Db, phone: Phone, { asked, locale, hash }: Newcomer, client: Client) {
    if (signUp === 'closed') return undefined;
    const made = await accounts.create(tx, { ...asked.profile, locale, phone, phoneVerified: true });
    if (made && hash !== undefined) await passwords.save(tx, made.id, hash);
    if (made) await tell(tx, { type: 'sign-up', outcome: 'completed', userId: made.id }, client);
    const user = made ?? (await accounts.byVerifiedPhone(tx, phone));
    return user && { user, isNewUser: made !== undefined };
  }

  async function signInByPhone(challenge: ChallengeRow, phone: Phone, asked: Confirmation, client: Client) {
    const owner = await accounts.byVerifiedPhone(db, phone);
    const trust = owner?.isActive ? await phoneTrust(owner) : 'enough';
    const limited = typeof trust === 'object' && (await emailChallenges.maySend(trust.ask, client));
    if (limited) return limited;

    const { locale } = challenge.payload as PendingLogin; // Written by the request alone.
    const hash = owner || asked.password === undefined ? undefined : await hasher.hash(asked.password);
    return transact(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const known = owner && (await lockOwner(tx, owner.id, phone));
      if (owner && !known) return new ChallengeFailed('UNKNOWN');
      if (known && trust !== 'enough') return askForMore(tx, known, trust, client);
      const newcomer = { asked, locale, hash };
      const account = known ? { user: known, isNewUser: false } : await accountOf(tx, phone, newcomer, client);
      if (!account) return new ChallengeFailed('UNKNOWN');
      const { user, isNewUser } = account;
      await tell(tx, { type: 'phone-verification', outcome: 'succeeded', userId: user.id }, client);
      return signIn.admitVerified(tx, { user, method: 'sms-code', client, device: asked.device, isNewUser });
    });
  }

  /** The number may be somebody else's by now: the address is asked, or where there is none, the password. */
  async function askForMore(tx: Db, owner: User, trust: Exclude<Trust, 'enough'>, client: Client) {
    await tell(tx, { type: 'sign-in', outcome: 'long-unused', userId: owner.id }, client);
    if (trust === 'password') return new PasswordRequired();
    const request = { purpose: 'LOGIN_EMAIL', email: trust.ask, userId: owner.id, client } as const;
    return emailChallenges.send(tx, { ...request, locale: messageLocale(owner, client.locale) });
  }

  /**
   * Under the lock of the account, so that of a proof, a reset, an undo and a "this wasn't me" at the same moment each
   * finds what the one before has left.
   */
  async function take(challenge: ChallengeRow, phone: Phone, asker: Viewer, client: Client) {
    const { instead } = challenge.payload as PendingVerification; // Written by the request alone.
    return transact(async (tx) => {
      const before = await sessions.lockHolder(tx, asker);
      if (!before) throw new Unauthenticated();
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      // It has another number by now, which the password was not asked for.
      if (verifiedPhone(before) !== instead) return new ChallengeFailed('UNKNOWN');
      const { id: userId } = before;
      const user = await accounts.verifyPhone(tx, userId, phone);
      if (!user) throw new Error('a row that is locked is there');
      if (user === 'taken') {
        await tell(tx, { type: 'phone-verification', outcome: 'taken', userId }, client);
        return new PhoneTaken();
      }
      await invalidate(tx, 'phone verified', { user, client });
      await tell(tx, { type: 'phone-verification', outcome: 'succeeded', userId }, client);
      if (phone !== instead) {
        await tell(tx, { type: 'phone-change', outcome: 'succeeded', userId }, client);
        await notices.phoneChanged(tx, user, instead, client);
      }
      return new PhoneVerified(user);
    });
  }

  async function confirm(input: ConfirmationInput, viewer: Asker, client: Client) {
    const row = await challenges.find(input.challengeId);
    const asked = parseConfirmation(input, row?.subject, policy);
    if (asked instanceof InvalidInput) return asked;
    const asker = await askerOf(row?.purpose, viewer);
    const purpose = asker ? 'VERIFY_PHONE' : 'LOGIN_PHONE';
    const challenge = await challenges.check(asked.answer, [purpose], client, asker?.userId);
    if (!('purpose' in challenge)) return challenge;
    const phone = parsePhone(challenge.subject);
    if (!phone) return new ChallengeFailed('UNKNOWN'); // the numbering plan has changed since it was asked for
    const outcome = asker
      ? await take(challenge, phone, asker, client)
      : await signInByPhone(challenge, phone, asked, client);
    const isUsedUp = !(outcome instanceof ChallengeFailed || outcome instanceof RateLimited);
    if (isUsedUp) await phoneChallenges.confirmed(phone);
    return outcome;
  }

  return async (input: ConfirmationInput, viewer: Asker, client: Client): Promise<ConfirmOutcome> => {
    const work = () => confirm(input, viewer, client);
    // A place for the hash that a new account with a password costs, before anything else is done.
    const outcome = input.password ? await hasher.admit(work) : await work();
    const refusal =
      outcome instanceof ChallengeFailed ? 'failed' : outcome instanceof RateLimited ? 'limited' : undefined;
    if (refusal) await tell(db, { type: 'phone-verification', outcome: refusal }, client);
    return outcome;
  };
}
