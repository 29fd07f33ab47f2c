import type { Tx } from '../../infra/db/transact.ts';
import type { User } from '../accounts/user.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/audit.ts';
import type { Factors } from '../factors/factor.service.ts';
import type { Invalidate } from '../invalidation/invalidation.service.ts';
import type { Notices } from '../notices/notice.service.ts';

/**
 * Removes the second factors and passkeys of a user who lost them, ends all sessions, and tells the user.
 * @param tx the transaction that holds the lock of the account's row
 */
export type ResetFactors = (
  tx: Tx,
  user: User,
  by: Pick<AuditEvent, 'client' | 'actorId' | 'reason' | 'method'>,
) => Promise<void>;

interface Dependencies {
  audit: Audit;
  factors: Factors;
  invalidate: Invalidate;
  notices: Notices;
}

export function createFactorReset({ audit, factors, invalidate, notices }: Dependencies): ResetFactors {
  return async (tx, user, by) => {
    const removed = await factors.of(tx, user.id);
    await invalidate(tx, 'second factors reset', { user, client: by.client, actorId: by.actorId });
    if (removed.length > 0) await notices.secondFactorsReset(tx, user, by.client);
    const event = { type: 'second-factor-reset', outcome: 'succeeded', userId: user.id } as const;
    await audit.record(tx, { ...event, ...by, detail: { removed: removed.join() } });
  };
}
