import type { AuthenticationMethod } from '../../core/authentication-methods.ts';
import { Unauthenticated } from '../../core/errors.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { Session } from '../sessions/session.ts';

/** How the user of a session was verified again. */
export interface Reauthentication {
  /** For the audit event. */
  method: AuditEvent['method'];
  /** For the amr claim of the session. */
  methods: readonly AuthenticationMethod[];
}

/**
 * Makes the session count as recently authenticated, in the transaction that holds the lock of the account. Throws
 * Unauthenticated if it has ended.
 */
export type RenewSession = (tx: Db, viewer: Viewer, by: Reauthentication, client: Client) => Promise<Session>;

export function createSessionRenewal({ audit, sessions }: { audit: Audit; sessions: Sessions }): RenewSession {
  return async (tx, { userId, sessionId }, { method, methods }, client) => {
    const session = await sessions.markAuthenticated(tx, sessionId, methods);
    if (!session) throw new Unauthenticated();
    const event = { type: 'reauthentication', outcome: 'succeeded', userId, sessionId } as const;
    await audit.record(tx, { ...event, method, client });
    return session;
  };
}
