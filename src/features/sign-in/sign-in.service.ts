import type { Config } from '../../config.ts';
import { Unavailable } from '../../core/errors.ts';
import { AccountDisabled, type RateLimited } from '../../core/problems.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Challenge } from '../challenges/challenge-type.ts';
import type { Notices } from '../notices/notice.service.ts';
import { Authenticated } from '../sessions/authenticated.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { NewSession } from '../sessions/session.ts';
import type { SessionEnding } from '../sessions/session-ending.service.ts';
import type { SessionTokens } from '../sessions/session-tokens.service.ts';
import type { RequireEmailCode } from './email-code.service.ts';
import { type From, knowsDevice, openSession } from './sign-in.repo.ts';

/** A user who has been verified by one of the methods. */
export interface SignInRequest {
  user: User;
  method: NonNullable<AuditEvent['method']>;
  client: Client;
  /** The name that the client gave itself, tidied. */
  device: string | null;
  isNewUser?: boolean;
}

/** The last step of every sign-in method: decides whether the user may sign in, and starts the session. */
export interface SignIn {
  /** After a sign-up that needs no verification first. @param tx the transaction that created the user */
  welcome(tx: Db, request: SignInRequest): Promise<Authenticated>;
  /** After a password. Undefined if the account has changed since it was read: look it up again. */
  admit(request: SignInRequest): Promise<Authenticated | AccountDisabled | Challenge | RateLimited | undefined>;
  /** After an address, number or identity was verified, in that transaction. Nothing more is required. */
  admitVerified(tx: Db, request: SignInRequest): Promise<Authenticated | AccountDisabled>;
}

interface Dependencies {
  db: Db;
  transact: Transact;
  audit: Audit;
  sessions: Sessions;
  sessionEnding: SessionEnding;
  sessionTokens: SessionTokens;
  notices: Notices;
  requireEmailCode: RequireEmailCode;
  policy: Config['emailVerification']['policy'];
  /** Live sessions of one account. */
  sessionLimit: number;
}

export function createSignIn(dependencies: Dependencies): SignIn {
  const {
    db,
    transact,
    audit,
    sessions,
    sessionEnding,
    sessionTokens,
    notices,
    requireEmailCode,
    policy,
    sessionLimit,
  } = dependencies;

  /** @param db the transaction of what was verified, if there is one */
  async function open(db: Db, request: SignInRequest): Promise<Authenticated | AccountDisabled | undefined> {
    const { user, method, client, device, isNewUser = false } = request;
    const session = sessions.draft(user.id, client, device);
    const success = { type: 'sign-in', outcome: 'succeeded', userId: user.id, sessionId: session.id } as const;
    const event: AuditEvent = { ...success, method, client };
    // On the first sign-in every device is new.
    const from = user.lastLoginAt === null ? 'any-device' : 'known-device';
    const first = await openWith(db, request, session, event, from);
    const opened = first.outcome === 'unknown-device' ? await openAndTell(db, request, session, event) : first;
    // The account may have changed since the verification began, which waits for a hash and a queue.
    if (opened.outcome === 'account-changed') return undefined;
    if (opened.outcome !== 'opened') return refuseDisabled(db, request);
    audit.report(db, opened.event);
    // If the commit fails, there is no session and these tokens are refused.
    return sessionTokens.issue(opened, isNewUser);
  }

  async function openWith(db: Db, { user, client }: SignInRequest, session: NewSession, event: AuditEvent, from: From) {
    const opened = await openSession(db, user, session, audit.draft(event), from, sessionLimit);
    if (opened.outcome === 'opened' && opened.mayExceedLimit) await sessionEnding.endOverflow(db, user.id, client);
    return { ...opened, event };
  }

  /**
   * Notifies the owner of a new device. Opening the session locks the account, so simultaneous sign-ins notify once.
   */
  async function openAndTell(db: Db, request: SignInRequest, session: NewSession, success: AuditEvent) {
    const { client, method } = request;
    const event: AuditEvent = { ...success, detail: { newDevice: true } };
    return transact.within(db, async (tx) => {
      const opened = await openWith(tx, request, session, event, 'any-device');
      if (opened.outcome === 'opened' && !(await knowsDevice(tx, session)))
        await notices.newDevice(tx, opened.user, client, method === 'sms-code');
      return opened;
    });
  }

  async function refuseDisabled(tx: Db, { user, method, client }: SignInRequest): Promise<AccountDisabled> {
    await audit.record(tx, { type: 'sign-in', outcome: 'disabled', userId: user.id, method, client });
    return new AccountDisabled();
  }

  return {
    async welcome(tx, request) {
      const answer = await open(tx, { ...request, isNewUser: true });
      if (!(answer instanceof Authenticated)) throw new Error('a new user is active');
      return answer;
    },

    async admit(request) {
      const { user } = request;
      if (!user.isActive) return refuseDisabled(db, request);
      const needsEmailCheck = policy !== 'off' && user.email !== null && user.emailVerifiedAt === null;
      return needsEmailCheck ? requireEmailCode(request) : open(db, request);
    },

    async admitVerified(tx, request) {
      const answer = await open(tx, request);
      if (!answer) throw new Unavailable('database', { cause: new Error('the account changed hands') });
      return answer;
    },
  };
}
