import type { Config } from '../../config.ts';
import { Unavailable } from '../../core/errors.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { AccountDisabled, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { messageLocale, type User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Notices } from '../notices/notice.service.ts';
import { Authenticated } from '../sessions/authenticated.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { NewSession } from '../sessions/session.ts';
import { type From, knowsDevice, openSession } from './sign-in.repo.ts';

/** Somebody has proved to be this user. */
export interface SignInRequest {
  user: User;
  method: NonNullable<AuditEvent['method']>;
  client: Client;
  /** As the client names itself, tidied. */
  device: string | null;
  isNewUser?: boolean;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  accounts: Accounts;
  sessions: Sessions;
  notices: Notices;
  emailChallenges: EmailChallenges;
  policy: Config['emailVerification']['policy'];
}

export type SignIn = ReturnType<typeof createSignIn>;

/** The one place where every method ends: may this user come in, and what is the answer. */
export function createSignIn({
  db,
  transact,
  audit,
  accounts,
  sessions,
  notices,
  emailChallenges,
  policy,
}: Dependencies) {
  /** @param db the transaction of whatever was proved, where there is one */
  async function open(db: Db, signIn: SignInRequest): Promise<Authenticated | AccountDisabled | 'changed'> {
    const { user, method, client, device, isNewUser = false } = signIn;
    const session = sessions.draft(user.id, client, device);
    const success = { type: 'sign-in', outcome: 'succeeded', userId: user.id, sessionId: session.id } as const;
    const event: AuditEvent = { ...success, method, client };
    // Whoever signs in for the first time has no device that would be known.
    const from = user.lastLoginAt === null ? 'any-device' : 'known-device';
    const first = await openWith(db, user, session, event, from);
    const opened = first.outcome === 'unknown-device' ? await openAndTell(db, signIn, session, event) : first;
    // Since the verification began, which takes a hash and a queue, the account may have changed.
    if (opened.outcome === 'account-changed') return 'changed';
    if (opened.outcome !== 'opened') return refuseDisabled(db, signIn);
    audit.report(db, opened.event);
    // If the commit fails, there is no session and these tokens are refused.
    return sessions.authenticated(opened, isNewUser);
  }

  async function openWith(db: Db, user: User, session: NewSession, event: AuditEvent, from: From) {
    return { ...(await openSession(db, user, session, audit.draft(event), from)), event };
  }

  /**
   * From a device that no earlier session is known of: the owner is told. The statement that opens the session locks the
   * account, so of several at once from one device the first one tells.
   */
  async function openAndTell(
    db: Db,
    { user, client, method }: SignInRequest,
    session: NewSession,
    success: AuditEvent,
  ) {
    const event: AuditEvent = { ...success, detail: { newDevice: true } };
    return transact.within(db, async (tx) => {
      const opened = await openWith(tx, user, session, event, 'any-device');
      if (opened.outcome === 'opened' && !(await knowsDevice(tx, session)))
        await notices.newDevice(tx, opened.user, session.device, client, method === 'sms-code');
      return opened;
    });
  }

  async function refuseDisabled(tx: Db, { user, method, client }: SignInRequest): Promise<AccountDisabled> {
    await audit.record(tx, { type: 'sign-in', outcome: 'disabled', userId: user.id, method, client });
    return new AccountDisabled();
  }

  /** The address must be proved first: a code to it, or the one that is already on its way. */
  async function askForVerification({ user, method, client }: SignInRequest): Promise<Challenge | RateLimited> {
    const email = parseEmail(user.email ?? '');
    if (!email) throw new Error('an account has an address that we would not accept');
    await audit.record(db, { type: 'sign-in', outcome: 'unproved', userId: user.id, method, client });
    const limited = await emailChallenges.checkLimits(email, client);
    if (limited) return (await emailChallenges.pending(db, email, user.id)) ?? limited;
    const request = { purpose: 'LOGIN_EMAIL', email, userId: user.id, client } as const;
    const locale = messageLocale(user, client.locale);
    return transact(async (tx) => {
      const owner = await accounts.holdByEmail(tx, email);
      // Deleted or moved to another address this moment: then nothing is to be proved.
      return owner?.id === user.id
        ? emailChallenges.send(tx, { ...request, locale })
        : emailChallenges.sendDecoy(tx, { ...request, locale }, undefined);
    });
  }

  return {
    /** The end of a sign-up that asks for no proof first. @param tx the transaction that has created the user */
    async welcome(tx: Db, signIn: SignInRequest): Promise<Authenticated> {
      const answer = await open(tx, { ...signIn, isNewUser: true });
      if (!(answer instanceof Authenticated)) throw new Error('a user who was just created is active');
      return answer;
    },

    /** After a password was proved. `changed`: the account's address was meanwhile, and what was proved may be void. */
    async admit(signIn: SignInRequest): Promise<Authenticated | AccountDisabled | Challenge | RateLimited | 'changed'> {
      const { user } = signIn;
      if (!user.isActive) return refuseDisabled(db, signIn);
      if (policy !== 'off' && user.email !== null && user.emailVerifiedAt === null) return askForVerification(signIn);
      return open(db, signIn);
    },

    /** After control of the address was proved, inside that transaction: nothing more is asked for. */
    async admitVerified(tx: Db, signIn: SignInRequest): Promise<Authenticated | AccountDisabled> {
      const answer = await open(tx, signIn);
      if (answer === 'changed') throw new Unavailable('database', { cause: new Error('the account changed hands') });
      return answer;
    },
  };
}
