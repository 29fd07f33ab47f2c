import type { AuthenticationMethod } from '../../core/authentication-methods.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Notices } from '../notices/notice.service.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { NewSession } from '../sessions/session.ts';
import type { SessionEnding } from '../sessions/session-ending.service.ts';
import { METHODS, type SignInMethod } from './methods.ts';
import { type AllowedDevice, knowsDevice, lockForSignIn, type Opening, openSession } from './sign-in.repo.ts';

/** A user whom one of the methods has verified. */
export interface SignInRequest {
  user: User;
  method: SignInMethod;
  /** How the user was verified, if that is more than the method: with a second factor, or by a passkey. */
  authenticationMethods?: readonly AuthenticationMethod[];
  /** For the audit event. */
  secondFactor?: AuditEvent['method'];
  client: Client;
  /** The name that the client gave itself, tidied. */
  device: string | null;
  isNewUser?: boolean;
}

/**
 * Opens the session of a user who may sign in, records the event, and notifies the owner of a new device.
 * @param db the transaction of what was verified, if there is one
 */
export type OpenSession = (db: Db, request: SignInRequest) => Promise<Opening & { event: AuditEvent }>;

interface Dependencies {
  transact: Transact;
  audit: Audit;
  sessions: Sessions;
  sessionEnding: SessionEnding;
  notices: Notices;
  /** Live sessions of one account. */
  sessionLimit: number;
}

export function createOpenSession(dependencies: Dependencies): OpenSession {
  const { transact, audit, sessions, sessionEnding, notices, sessionLimit } = dependencies;

  async function open(
    db: Db,
    { user, client }: SignInRequest,
    session: NewSession,
    event: AuditEvent,
    allowed: AllowedDevice,
  ) {
    const tryToOpen = (db: Db) => openSession(db, user, session, audit.draft(event), allowed, sessionLimit);
    let opened = await tryToOpen(db);
    if (opened.outcome === 'overtaken')
      opened = await transact.within(db, async (tx) => {
        await lockForSignIn(tx, user.id);
        return tryToOpen(tx);
      });
    if (opened.outcome === 'opened' && opened.mustEndOthers) await sessionEnding.endOverflow(db, user.id, client);
    return { ...opened, event };
  }

  /** Opening the session locks the account, so simultaneous sign-ins notify once. */
  const openAndNotify = (db: Db, request: SignInRequest, session: NewSession, success: AuditEvent) =>
    transact.within(db, async (tx) => {
      const event: AuditEvent = { ...success, detail: { ...success.detail, newDevice: true } };
      const opened = await open(tx, request, session, event, 'any-device');
      if (opened.outcome === 'opened' && !(await knowsDevice(tx, session)))
        await notices.newDevice(tx, opened.user, request.client, request.method === 'sms-code');
      return opened;
    });

  return async (db, request) => {
    const { user, method, client, device, secondFactor, authenticationMethods = METHODS[method] } = request;
    const session = sessions.draft({ userId: user.id, client, device, authenticationMethods });
    const success = { type: 'sign-in', outcome: 'succeeded', userId: user.id, sessionId: session.id } as const;
    const event: AuditEvent = { ...success, method, client, ...(secondFactor && { detail: { secondFactor } }) };
    // On the first sign-in every device is new.
    const opened = await open(db, request, session, event, user.lastLoginAt === null ? 'any-device' : 'known-device');
    return opened.outcome === 'unknown-device' ? openAndNotify(db, request, session, event) : opened;
  };
}
