import { and, eq, gt, sql } from 'drizzle-orm';
import { after, type Clock, secondsUntil } from '../../core/clock.ts';
import type { Db } from '../db/client.ts';
import { placeholders, preparedOnce } from '../db/prepared.ts';
import { budgets } from '../db/tables.ts';
import { answered } from './answered.ts';
import type { Budget, Budgets, Spent } from './budgets.ts';

interface Dependencies {
  /** A connection of its own, never a caller's transaction: what was counted must survive a rollback. */
  db: Db;
  clock: Clock;
}

/**
 * Budgets in the table `budgets`. The statements are our own, not those of rate-limiter-flexible, because its
 * PostgreSQL store reads the clock of the process: on a replica whose clock runs ahead every window would be over
 * before its time, and the limit with it. Here every moment is the database's.
 *
 * Not to be called inside a transaction: it would wait for a second connection while holding the first.
 */
export function createDatabaseBudgets({ db, clock }: Dependencies): Budgets {
  return {
    async spend(budget, key, points = 1) {
      const now = clock.now();
      const row = { name: budget.name, key, points, resetsAt: after(now, budget.window) };
      const [counted] = await answered(counting(db).execute({ ...row, now: now.toISOString() }));
      if (!counted) throw new Error('an upsert returns its row');
      return judge(budget, counted.points, secondsUntil(counted.resetsAt, now));
    },

    async peek(budget, key) {
      const now = clock.now();
      const [counted] = await answered(
        db
          .select({ points: budgets.points, resetsAt: budgets.resetsAt })
          .from(budgets)
          .where(and(eq(budgets.name, budget.name), eq(budgets.key, key), gt(budgets.resetsAt, now))),
      );
      return counted
        ? judge(budget, counted.points + 1, secondsUntil(counted.resetsAt, now), counted.points)
        : { allowed: true, remaining: budget.points };
    },

    async refund(budget, key, points = 1) {
      const now = clock.now().toISOString();
      await answered(refunding(db).execute({ name: budget.name, key, points, now }));
    },

    async clear(budget, key) {
      await answered(clearing(db).execute({ name: budget.name, key }));
    },
  };
}

const NOW = sql`${sql.placeholder('now')}::timestamptz`;
const IS_OVER = sql`${budgets.resetsAt} <= ${NOW}`;
const IS_COUNTER = and(eq(budgets.name, sql.placeholder('name')), eq(budgets.key, sql.placeholder('key')));

/** The row lock makes concurrent callers queue here, so that each sees the sum of those before it. */
const counting = preparedOnce((db) =>
  db
    .insert(budgets)
    .values(placeholders('name', 'key', 'points', 'resetsAt'))
    .onConflictDoUpdate({
      target: [budgets.name, budgets.key],
      set: {
        points: sql`case when ${IS_OVER} then excluded.points else ${budgets.points} + excluded.points end`,
        resetsAt: sql`case when ${IS_OVER} then excluded.resets_at else ${budgets.resetsAt} end`,
      },
    })
    .returning({ points: budgets.points, resetsAt: budgets.resetsAt })
    .prepare('spend_budget'),
);

const refunding = preparedOnce((db) =>
  db
    .update(budgets)
    .set({ points: sql`greatest(${budgets.points} - ${sql.placeholder('points')}::integer, 0)` })
    .where(and(IS_COUNTER, gt(budgets.resetsAt, NOW)))
    .prepare('refund_budget'),
);

const clearing = preparedOnce((db) => db.delete(budgets).where(IS_COUNTER).prepare('clear_budget'));

/**
 * @param needed points that must be in the budget for a yes
 * @param resetsIn seconds
 * @param taken points that are gone already; all of the needed ones unless told
 */
export function judge(budget: Budget, needed: number, resetsIn: number, taken = needed): Spent {
  return needed <= budget.points
    ? { allowed: true, remaining: budget.points - taken }
    : { allowed: false, retryAfter: Math.max(1, Math.ceil(resetsIn)) };
}
