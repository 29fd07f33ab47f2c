import { and, eq, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { Db } from '../../infra/db/client.ts';
import { auditEvents } from '../../infra/db/tables.ts';
import { VOCABULARY } from '../audit/audit.ts';
import type { EventCount } from './statistics.ts';

const { recorded, counted } = VOCABULARY['sign-in'];

/** Both conditions name the outcomes, so that audit_events_by_kind finds the time and reads nothing else. */
const isCounted = or(
  and(eq(auditEvents.type, 'sign-in'), inArray(auditEvents.outcome, [...recorded, ...counted])),
  and(eq(auditEvents.type, 'sign-up'), eq(auditEvents.outcome, 'completed')),
);

const MOST = 2_147_483_647;

/** Sign-ins and completed sign-ups from `since` until before `until`. A counted refusal has the time of the first. */
export const countEvents = (db: Db, since: Date, until: Date): Promise<EventCount[]> =>
  db
    .select({
      type: auditEvents.type,
      outcome: auditEvents.outcome,
      method: auditEvents.method,
      count: sql<number>`least(sum(${auditEvents.count}), ${MOST})::int`,
    })
    .from(auditEvents)
    .where(and(isCounted, gte(auditEvents.at, since), lt(auditEvents.at, until)))
    .groupBy(auditEvents.type, auditEvents.outcome, auditEvents.method);
