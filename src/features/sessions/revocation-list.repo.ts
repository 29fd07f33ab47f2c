import { gt } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { revocations } from '../../infra/db/tables.ts';

/** A session that has ended. Its access tokens have all expired at `expiresAt`. */
export type Revocation = typeof revocations.$inferSelect;

/** The revocations written after the moment. Some may have expired: housekeeping deletes them a little later. */
export const revocationsSince = (db: Db, written: Date): Promise<Revocation[]> =>
  db.select().from(revocations).where(gt(revocations.revokedAt, written));
