import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import type { FactorChange } from '../../messages/message.ts';
import type { User } from '../accounts/user.ts';
import type { SendNotices } from './notice-sender.ts';

export interface FactorsChanged {
  changes: readonly FactorChange[];
  /** The time in the rows that were changed. */
  at: Date;
}

/** Notices about second factors and passkeys. */
export interface FactorNotices {
  /** @param user as before the changes */
  factorsChanged(tx: Db, user: User, changed: FactorsChanged, client: Client | undefined): Promise<void>;
  /** @param left how many codes remain */
  recoveryCodeUsed(tx: Db, user: User, left: number, client: Client | undefined): Promise<void>;
}

export function createFactorNotices(send: SendNotices): FactorNotices {
  return {
    factorsChanged: (tx, user, { changes, at }, client) =>
      send(tx, 'second factor or passkey changed', {
        user,
        client,
        contested: { since: at.toISOString(), secondFactorRequired: user.secondFactorRequired },
        mailFacts: { changes },
      }),

    recoveryCodeUsed: (tx, user, left, client) => send(tx, 'recovery code used', { user, client, mailFacts: { left } }),
  };
}
