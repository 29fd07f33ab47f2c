import type { Config } from '../../config.ts';
import type { Phone } from '../../core/identifiers.ts';
import { parsePhone } from '../../core/phones.ts';
import {
  type AccountDisabled,
  ChallengeFailed,
  InvalidInput,
  PasswordRequired,
  PhoneTaken,
  RateLimited,
  Unauthenticated,
} from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { ChallengePurpose } from '../../infra/db/tables.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { languageOf, type User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Challenge } from '../challenges/challenge.graphql.ts';
import type { Challenges } from '../challenges/challenge.service.ts';
import type { ChallengeRow } from '../challenges/challenge.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { PhoneChallenges } from '../challenges/phone-challenge.service.ts';
import { QUEUE_FULL, QUEUE_RETRY } from '../credentials/hash-queue.ts';
import type { Passwords } from '../credentials/password.service.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { PasswordPolicy } from '../credentials/password-policy.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { SignIn } from '../sign-in/sign-in.service.ts';
import type { SmsWorth } from '../sign-in/sms-worth.service.ts';
import type { PendingLogin, PendingProof } from './pending-phone.ts';
import { type Confirmation, type ConfirmationInput, parseConfirmation } from './phone-confirmation.ts';
import type { PhoneNotice } from './phone-notice.service.ts';
import { PhoneVerified } from './phone-verified.ts';

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  passwords: Passwords;
  hasher: PasswordHasher;
  policy: PasswordPolicy;
  challenges: Challenges;
  phoneChallenges: PhoneChallenges;
  emailChallenges: EmailChallenges;
  signIn: SignIn;
  smsWorth: SmsWorth;
  notice: PhoneNotice;
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

export type ConfirmPhoneOtp = ReturnType<typeof createPhoneConfirmation>;

/** What a right code by text message unlocks: an account, a new one, or a number for the one that is signed in. */
export function createPhoneConfirmation(dependencies: Dependencies) {
  const { db, audit, accounts, passwords, hasher, policy, challenges } = dependencies;
  const { phoneChallenges, emailChallenges, signIn, smsWorth, notice, signUp } = dependencies;

  const tell = (tx: Db, event: AuditEvent, client: Client) =>
    audit.record(tx, { ...event, method: 'sms-code', client });

  /** Whose code it is. A code that proves a number for an account is good for that account's sessions alone. */
  async function acceptable(row: ChallengeRow | undefined, viewer: () => Promise<Viewer | undefined>) {
    if (row?.purpose !== 'VERIFY_PHONE') return ['LOGIN_PHONE'] as const satisfies ChallengePurpose[];
    const asker = await viewer();
    if (!asker) throw new Unauthenticated();
    return row.userId === asker.userId ? (['VERIFY_PHONE'] as const) : [];
  }

  /** The account of the number, made now if there is none. Of two that do this at once, one makes it. */
  async function accountOf(tx: Db, phone: Phone, locale: string | null, asked: Confirmation, hash: string | undefined) {
    const known = await accounts.byProvedPhone(tx, phone);
    if (known) return { user: known, isNewUser: false };
    if (signUp === 'closed') return undefined;
    const profile = { ...asked.profile, locale };
    const made = await accounts.create(tx, { ...profile, phone, phoneVerified: true });
    if (made && hash !== undefined) await passwords.save(tx, made.id, hash);
    const user = made ?? (await accounts.byProvedPhone(tx, phone));
    return user && { user, isNewUser: made !== undefined };
  }

  async function comeIn(challenge: ChallengeRow, phone: Phone, asked: Confirmation, client: Client) {
    const owner = await accounts.byProvedPhone(db, phone);
    const worth = owner?.isActive ? await smsWorth(owner) : 'enough';
    if (owner && worth === 'password') return insist(challenge, owner, client);
    if (owner && typeof worth === 'object') return askByMail(challenge, { owner, email: worth.ask }, client);

    const { locale } = challenge.payload as PendingLogin; // Written by the request alone.
    const hash = owner || asked.password === undefined ? undefined : await hasher.hash(asked.password);
    return db.transaction(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const account = await accountOf(tx, phone, locale, asked, hash);
      if (!account) return new ChallengeFailed('UNKNOWN');
      const { user, isNewUser } = account;
      if (isNewUser) await tell(tx, { type: 'sign-up', outcome: 'completed', userId: user.id }, client);
      await tell(tx, { type: 'phone-verification', outcome: 'succeeded', userId: user.id }, client);
      return signIn.admitProved(tx, { user, method: 'sms-code', client, device: asked.device, isNewUser });
    });
  }

  /** The number may be somebody else's by now, and there is no address to ask. */
  const insist = (challenge: ChallengeRow, owner: User, client: Client) =>
    db.transaction(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      await tell(tx, { type: 'sign-in', outcome: 'long-unused', userId: owner.id }, client);
      return new PasswordRequired();
    });

  async function askByMail(
    challenge: ChallengeRow,
    { owner, email }: { owner: User; email: Parameters<EmailChallenges['maySend']>[0] },
    client: Client,
  ) {
    const limited = await emailChallenges.maySend(email, client);
    if (limited) return limited;
    const asked = await db.transaction(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      await tell(tx, { type: 'sign-in', outcome: 'long-unused', userId: owner.id }, client);
      const locale = languageOf(owner, client.locale);
      return emailChallenges.send(tx, { purpose: 'LOGIN_EMAIL', email, userId: owner.id, client, locale });
    });
    emailChallenges.wake();
    return asked;
  }

  async function take(challenge: ChallengeRow, phone: Phone, client: Client) {
    const { instead } = challenge.payload as PendingProof; // Written by the request alone.
    const { userId } = challenge;
    if (userId === null) return new ChallengeFailed('UNKNOWN');
    const outcome = await db.transaction(async (tx) => {
      if (!(await challenges.consume(tx, challenge))) return new ChallengeFailed('ALREADY_USED');
      const user = await accounts.provePhone(tx, userId, { phone, instead });
      if (user === 'taken') {
        await tell(tx, { type: 'phone-verification', outcome: 'taken', userId }, client);
        return new PhoneTaken();
      }
      if (user === 'moved') return new ChallengeFailed('UNKNOWN');
      await challenges.withdrawAllOf(tx, userId, ['VERIFY_PHONE']);
      await tell(tx, { type: 'phone-verification', outcome: 'succeeded', userId }, client);
      if (phone !== instead) {
        await tell(tx, { type: 'phone-change', outcome: 'succeeded', userId }, client);
        await notice.write(tx, user, instead, client);
      }
      return new PhoneVerified(user);
    });
    if (outcome instanceof PhoneVerified) notice.wake();
    return outcome;
  }

  async function confirm(input: ConfirmationInput, viewer: () => Promise<Viewer | undefined>, client: Client) {
    const row = await challenges.find(input.challengeId);
    const asked = parseConfirmation(input, row?.subject, policy);
    if (asked instanceof InvalidInput) return asked;
    const challenge = await challenges.prove(asked.answer, await acceptable(row, viewer), client);
    const phone = 'purpose' in challenge ? parsePhone(challenge.subject) : undefined;
    if (!('purpose' in challenge)) return challenge;
    if (!phone) return new ChallengeFailed('UNKNOWN'); // the numbering plan has changed since it was asked for
    const outcome =
      challenge.purpose === 'VERIFY_PHONE'
        ? await take(challenge, phone, client)
        : await comeIn(challenge, phone, asked, client);
    const isUsedUp = !(outcome instanceof ChallengeFailed || outcome instanceof RateLimited);
    if (isUsedUp) await phoneChallenges.confirmed(phone);
    return outcome;
  }

  return async (
    input: ConfirmationInput,
    viewer: () => Promise<Viewer | undefined>,
    client: Client,
  ): Promise<ConfirmOutcome> => {
    const work = () => confirm(input, viewer, client);
    // A place for the hash that a new account with a password costs, before anything else is done.
    const answer = input.password ? await hasher.admit(work) : await work();
    const outcome = answer === QUEUE_FULL ? new RateLimited(QUEUE_RETRY) : answer;
    const refusal =
      outcome instanceof ChallengeFailed ? 'failed' : outcome instanceof RateLimited ? 'limited' : undefined;
    if (refusal) await tell(db, { type: 'phone-verification', outcome: refusal }, client);
    return outcome;
  };
}
