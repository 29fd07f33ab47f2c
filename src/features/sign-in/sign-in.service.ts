import type { Config } from '../../config.ts';
import { parseEmail } from '../../core/identifiers.ts';
import { AccountDisabled, type RateLimited, Unavailable } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Accounts } from '../accounts/account.service.ts';
import { languageOf, type User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Challenge } from '../challenges/challenge.graphql.ts';
import type { EmailChallenges } from '../challenges/email-challenge.service.ts';
import type { Authenticated } from '../sessions/authenticated.ts';
import type { Sessions } from '../sessions/session.service.ts';
import { openSession } from './sign-in.repo.ts';

/** Somebody has proved to be this user. */
export interface Arrival {
  user: User;
  method: NonNullable<AuditEvent['method']>;
  client: Client;
  /** As the client names itself, tidied. */
  device: string | null;
  isNewUser?: boolean;
}

interface Dependencies {
  db: Db;
  audit: Audit;
  accounts: Accounts;
  sessions: Sessions;
  emailChallenges: EmailChallenges;
  policy: Config['emailVerification']['policy'];
}

export type SignIn = ReturnType<typeof createSignIn>;

/** The one place where every method ends: may this user come in, and what is the answer. */
export function createSignIn({ db, audit, accounts, sessions, emailChallenges, policy }: Dependencies) {
  /** @param db the transaction of whatever was proved, where there is one */
  async function open(db: Db, arrival: Arrival): Promise<Authenticated | AccountDisabled> {
    const { user, method, client, device, isNewUser = false } = arrival;
    const session = sessions.draft(user.id, client, device);
    const deed = { type: 'sign-in', outcome: 'succeeded', userId: user.id, sessionId: session.id } as const;
    const event = { ...deed, method, client };
    // Since the proof began, which takes a hash and a queue, the account may have changed.
    const opened = await openSession(db, user, session, audit.draft(event));
    if (!opened) return refuse(db, arrival);
    audit.tell(event);
    // Until the commit nobody else can see the session; if it fails, the tokens speak for nothing.
    return sessions.authenticated(opened, isNewUser);
  }

  /** Why no session could begin. An account that is still active has changed hands meanwhile: the proof is to be repeated. */
  async function refuse(tx: Db, arrival: Arrival): Promise<AccountDisabled> {
    const now = await accounts.within(tx, arrival.user.id);
    if (now?.isActive)
      throw new Unavailable('database', { cause: new Error('the account changed hands during the sign-in') });
    return refuseDisabled(tx, arrival);
  }

  async function refuseDisabled(tx: Db, { user, method, client }: Arrival): Promise<AccountDisabled> {
    await audit.record(tx, { type: 'sign-in', outcome: 'disabled', userId: user.id, method, client });
    return new AccountDisabled();
  }

  /** The address must be proved first: a code to it, or the one that is already on its way. */
  async function askForProof({ user, method, client }: Arrival): Promise<Challenge | RateLimited> {
    const email = parseEmail(user.email ?? '');
    if (!email) throw new Error('an account has an address that we would not accept');
    await audit.record(db, { type: 'sign-in', outcome: 'unproved', userId: user.id, method, client });
    const limited = await emailChallenges.maySend(email, client);
    if (limited) return (await emailChallenges.pending(db, email, user.id)) ?? limited;
    const demand = { purpose: 'LOGIN_EMAIL', email, userId: user.id, client } as const;
    const locale = languageOf(user, client.locale);
    const challenge = await db.transaction((tx) => emailChallenges.send(tx, { ...demand, locale }));
    emailChallenges.wake();
    return challenge;
  }

  return {
    /** The end of a sign-up that asks for no proof first. @param tx the transaction that has created the user */
    async welcome(tx: Db, arrival: Arrival): Promise<Authenticated> {
      const answer = await open(tx, { ...arrival, isNewUser: true });
      if (answer instanceof AccountDisabled) throw new Error('a user who was just created is active');
      return answer;
    },

    /** After a password was proved. */
    async admit(arrival: Arrival): Promise<Authenticated | AccountDisabled | Challenge | RateLimited> {
      const { user } = arrival;
      if (!user.isActive) return refuseDisabled(db, arrival);
      if (policy !== 'off' && user.email !== null && user.emailVerifiedAt === null) return askForProof(arrival);
      return open(db, arrival);
    },

    /** After control of the address was proved, inside that transaction: nothing more is asked for. */
    admitProved: open,
  };
}
