import { and, eq, exists, inArray, isNotNull, or, sql } from 'drizzle-orm';
import { isId } from '../../core/ids.ts';
import { olderNumbers } from '../../core/renumberings.ts';
import type { Db } from '../../infra/db/client.ts';
import { sessions, users } from '../../infra/db/tables.ts';
import { hasKnownNetwork } from './trusted-session.sql.ts';

interface Caller {
  /** Address, number or ID of the account. */
  subject: string;
  /** The user of the session that the request carries. */
  userId: string | undefined;
  /** In CIDR notation, or one address. */
  range: string | undefined;
}

export async function isKnownCaller(db: Db, { subject, userId, range }: Caller, now: Date): Promise<boolean> {
  const fromThere = db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(eq(sessions.userId, users.id), sql`${sessions.ipAddress} <<= ${range ?? null}::inet`, hasKnownNetwork(now)),
    );
  const hasNumber = inArray(users.phone, [subject, ...olderNumbers(subject)]);
  const hasName = or(eq(users.email, subject), and(hasNumber, isNotNull(users.phoneVerifiedAt)));
  const isSubject = isId(subject) ? eq(users.id, subject) : hasName;
  const isKnown = or(sql`${users.id} = ${userId ?? null}::uuid`, exists(fromThere));
  const rows = await db.select({ id: users.id }).from(users).where(and(isSubject, isKnown)).limit(1);
  return rows.length > 0;
}
