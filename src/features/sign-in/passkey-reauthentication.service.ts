import { Unauthenticated } from '../../core/errors.ts';
import { ChallengeFailed, FieldProblem, InvalidInput, isProblem, type RateLimited } from '../../core/problems.ts';
import type { Client, Viewer } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { Redeem } from '../challenges/redemption.service.ts';
import { failureReason } from '../factors/passkey-rejected.ts';
import { parseAssertion } from '../factors/webauthn-response.ts';
import type { Sessions } from '../sessions/session.service.ts';
import type { Session } from '../sessions/session.ts';
import type { PasskeyCheck } from './passkey-check.service.ts';
import type { RenewSession } from './session-renewal.service.ts';

export interface PasskeyConfirmation {
  /** From startPasskeyLogin. */
  challengeId: string | null | undefined;
  passkey: string;
}

/** Renews the session with a passkey that verified its user. Of any number of calls with one response, one succeeds. */
export type RenewByPasskey = (
  confirmation: PasskeyConfirmation,
  viewer: Viewer,
  client: Client,
) => Promise<{ user: User; session: Session } | ChallengeFailed | InvalidInput | RateLimited>;

interface Dependencies {
  db: Db;
  audit: Audit;
  sessions: Sessions;
  redeem: Redeem;
  passkeyCheck: PasskeyCheck;
  renewSession: RenewSession;
}

export function createPasskeyReauthentication(dependencies: Dependencies): RenewByPasskey {
  const { db, audit, sessions, redeem, passkeyCheck, renewSession } = dependencies;

  return async ({ challengeId, passkey }, viewer, client) => {
    if (!challengeId) return new InvalidInput([new FieldProblem('challengeId', 'REQUIRED', 'required')]);
    const response = parseAssertion('passkey', passkey);
    if (isProblem(response)) return new InvalidInput([response]);
    const { userId } = viewer;
    const { challenge } = response.clientData;
    const outcome = await redeem(
      { token: challenge },
      {
        purposes: ['PASSKEY_LOGIN'],
        client,
        prepare: async ({ id }) =>
          id === challengeId
            ? passkeyCheck.check(response, { challenge, verification: 'required', owner: userId }, client)
            : new ChallengeFailed('UNKNOWN'),
        async apply(tx, _, { ready: checked }) {
          const user = await sessions.lockHolder(tx, viewer);
          if (!user) throw new Unauthenticated();
          const methods = await passkeyCheck.accept(tx, checked, user, client);
          if (isProblem(methods)) return methods;
          return { user, session: await renewSession(tx, viewer, { method: 'passkey', methods }, client) };
        },
      },
    );
    if (outcome instanceof ChallengeFailed) {
      const event = { type: 'sign-in', outcome: 'refused', method: 'passkey' } as const;
      await audit.record(db, { ...event, userId, client, detail: { reason: failureReason(outcome) } });
    }
    return outcome;
  };
}
