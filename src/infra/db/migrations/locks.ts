import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { monotonic, SECOND } from '../../../core/clock.ts';
import type { Db } from '../client.ts';
import { quoteIdentifier } from '../identifier.ts';
import { MigrationBlocked } from './failures.ts';
import type { Lock } from './statement.ts';

/**
 * Milliseconds to wait for all locks of a transaction. Writes queue behind a lock that waits, so they wait no longer
 * either. It is shorter than deadlock_timeout, so that a deadlock ends our transaction and not one of the service.
 */
export const LOCK_BUDGET = 500;
/** Milliseconds in which writes continue before the next attempt. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [SECOND, 10 * SECOND];

/** How a transaction gets its locks first, so that no later statement waits while others are held. */
export function lockStatements(locks: readonly Lock[], schema: string): string[] {
  if (locks.length === 0) return [];
  const each = Math.floor(LOCK_BUDGET / locks.length);
  const place = (table: string) => `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
  return [
    `SET LOCAL lock_timeout = ${each}`,
    ...locks.map(({ table, mode }) => `LOCK TABLE ${place(table)} IN ${mode} MODE`),
  ];
}

interface Attempts {
  /** Milliseconds until it gives up. */
  wait: number;
  signal: AbortSignal;
  /** Tells the operator what it waits for. */
  report(line: string): void;
  /** Which session is in the way. */
  findHolder(): Promise<string | undefined>;
}

/** Repeats work that was rolled back because it did not get a lock. Throws MigrationBlocked at the deadline. */
export async function untilUnlocked<T>(work: () => Promise<T>, attempts: Attempts): Promise<T> {
  const { wait, signal, report, findHolder } = attempts;
  const deadline = monotonic() + wait;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error)) throw error;
      const holder = await findHolder();
      const obstacle = holder ? `a lock that ${holder} holds` : 'a lock';
      if (monotonic() + pause > deadline)
        throw new MigrationBlocked(
          `waited ${Math.round(wait / SECOND)} s for ${obstacle}: run it again when it is free`,
        );
      report(`waits for ${obstacle}`);
      await sleep(pause, undefined, { signal });
    }
  }
}

/** SQLSTATE lock_not_available and deadlock_detected. */
export const isLocked = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && ['55P03', '40P01'].includes(String(error.code))) || isLocked(error.cause));

/**
 * The oldest transaction that has one of the tables locked or, without tables, the oldest one of the database.
 * @param except the session that keeps other processes from migrating
 */
export async function findHolder(
  db: Db,
  schema: string,
  { tables, except }: { tables: readonly string[]; except: number },
): Promise<string | undefined> {
  const names = tables.map((table) => `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`);
  const holdsOne = sql`exists (select from pg_locks as held where held.pid = session.pid and held.granted
    and held.relation in (select to_regclass(name) from unnest(${sql.param(names)}::text[]) as name))`;
  const [row] = await db
    .select({
      pid: sql<number>`pid`,
      program: sql<string | null>`coalesce(nullif(application_name, ''), backend_type)`,
      state: sql<string | null>`state`,
      seconds: sql<number | null>`extract(epoch from clock_timestamp() - xact_start)::integer`,
    })
    .from(sql`pg_stat_activity as session`)
    .where(
      sql`datname = current_database() and pid not in (pg_backend_pid(), ${except})
        and ${tables.length > 0 ? holdsOne : sql`xact_start is not null`}`,
    )
    .orderBy(sql`xact_start nulls last`)
    .limit(1);
  return row && `process ${row.pid} (${describeSession(row)})`;
}

/** PostgreSQL hides the sessions of other roles, such as autovacuum, from ordinary ones. */
function describeSession(session: { program: string | null; state: string | null; seconds: number | null }): string {
  const { program, state, seconds } = session;
  if (seconds === null) return 'of another role';
  return [program, state, `in a transaction for ${seconds} s`].filter(Boolean).join(', ');
}
