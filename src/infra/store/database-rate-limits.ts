import DataLoader from 'dataloader';
import { and, eq, gt, sql } from 'drizzle-orm';
import { after, type Clock, secondsUntil } from '../../core/clock.ts';
import type { Db } from '../db/client.ts';
import { preparedOnce, rowsOf } from '../db/prepared.ts';
import { rateLimits } from '../db/tables.ts';
import { answered } from './answered.ts';
import type { Consumption, RateLimit, RateLimitStore } from './rate-limits.ts';

interface Dependencies {
  /** A connection of its own, never a caller's transaction: what was counted must survive a rollback. */
  db: Db;
  clock: Clock;
}

/** Points of a budget that change hands. */
interface Move {
  budget: RateLimit;
  key: string;
  points: number;
}

/** Moves in one statement. */
const LARGEST_BATCH = 100;
/** More points than any budget has. */
const EVERYTHING = 1_000_000_000;

/**
 * RateLimitStore in the table `budgets`. The statements are our own, not those of rate-limiter-flexible, because its
 * PostgreSQL store reads the clock of the process: on a replica whose clock runs ahead every window would be over
 * before its time, and the limit with it. Here every moment is the database's.
 *
 * Not to be called inside a transaction: it would wait for a second connection while holding the first.
 */
export function createDatabaseRateLimits({ db, clock }: Dependencies): RateLimitStore {
  /** What is taken, and what is given back, in one moment is one statement each. */
  const together = <Result>(act: (moves: readonly Move[]) => Promise<Result[]>) =>
    new DataLoader<Move, Result>(act, { cache: false, maxBatchSize: LARGEST_BATCH });

  const taking = together(async (moves) => {
    const now = clock.now();
    const counted = new Map((await count(db, moves, now)).map((row) => [nameOf(row), row]));
    // Whoever takes from the same counter in the same moment stands in a queue: the last one sees the sum.
    return moves
      .toReversed()
      .map(({ budget, key, points }) => {
        const row = counted.get(nameOf({ name: budget.name, key }));
        if (!row) throw new Error('an upsert returns its row');
        const spent = judge(budget, row.points, secondsUntil(row.resetsAt, now));
        row.points -= points;
        return spent;
      })
      .toReversed();
  });

  const giving = together(async (moves) => {
    await giveBack(db, moves, clock.now());
    return moves.map(() => undefined);
  });

  return {
    spend: (budget, key, points = 1) => taking.load({ budget, key, points }),

    async peek(budget, key) {
      const now = clock.now();
      const [counted] = await answered(
        db
          .select({ points: rateLimits.points, resetsAt: rateLimits.resetsAt })
          .from(rateLimits)
          .where(and(eq(rateLimits.name, budget.name), eq(rateLimits.key, key), gt(rateLimits.resetsAt, now))),
      );
      return counted
        ? judge(budget, counted.points + 1, secondsUntil(counted.resetsAt, now), counted.points)
        : { allowed: true, remaining: budget.points };
    },

    refund: (budget, key, points = 1) => giving.load({ budget, key, points }),
    clear: (budget, key) => giving.load({ budget, key, points: EVERYTHING }),
  };
}

const NOW = sql`${sql.placeholder('now')}::timestamptz`;
const IS_OVER = sql`${rateLimits.resetsAt} <= ${NOW}`;

/** In the order in which every statement locks counters, so that no two wait for each other. */
const IN_ORDER = [sql`name`, sql`key`];

const counting = preparedOnce((db) => {
  const taken = db
    .select({
      name: sql<string>`asked.name`.as('name'),
      key: sql<string>`asked.key`.as('key'),
      points: sql<number>`sum(asked.points::integer)::integer`.as('points'),
      resetsAt: sql<Date>`max(asked.resets_at::timestamptz)`.as('resets_at'),
    })
    .from(rowsOf('asked', 'name', 'key', 'points', 'resets_at'))
    .groupBy(sql`asked.name`, sql`asked.key`)
    .orderBy(...IN_ORDER);
  return db
    .insert(rateLimits)
    .select(taken)
    .onConflictDoUpdate({
      target: [rateLimits.name, rateLimits.key],
      set: {
        points: sql`case when ${IS_OVER} then excluded.points else ${rateLimits.points} + excluded.points end`,
        resetsAt: sql`case when ${IS_OVER} then excluded.resets_at else ${rateLimits.resetsAt} end`,
      },
    })
    .returning({ name: rateLimits.name, key: rateLimits.key, points: rateLimits.points, resetsAt: rateLimits.resetsAt })
    .prepare('spend_budgets');
});

/** The row lock makes concurrent callers queue here, so that each sees the sum of those before it. */
const count = (db: Db, moves: readonly Move[], now: Date) =>
  answered(
    counting(db).execute({
      ...columnsOf(moves),
      resets_at: moves.map(({ budget }) => after(now, budget.window).toISOString()),
      now: now.toISOString(),
    }),
  );

const giving = preparedOnce((db) => {
  const held = db.$with('held').as(
    db
      .select({ name: rateLimits.name, key: rateLimits.key, given: sql<string>`asked.points`.as('given') })
      .from(rowsOf('asked', 'name', 'key', 'points'))
      .innerJoin(rateLimits, sql`${rateLimits.name} = asked.name and ${rateLimits.key} = asked.key`)
      .where(gt(rateLimits.resetsAt, NOW))
      .orderBy(rateLimits.name, rateLimits.key)
      .for('update', { of: rateLimits }),
  );
  const given = db.$with('given').as(
    db
      .select({ name: held.name, key: held.key, back: sql<number>`sum(${held.given}::integer)`.as('back') })
      .from(held)
      .groupBy(held.name, held.key),
  );
  return db
    .with(held, given)
    .update(rateLimits)
    .set({ points: sql`greatest(${rateLimits.points} - ${given.back}, 0)` })
    .from(given)
    .where(and(eq(rateLimits.name, given.name), eq(rateLimits.key, given.key)))
    .prepare('give_back_to_budgets');
});

const giveBack = (db: Db, moves: readonly Move[], now: Date) =>
  answered(giving(db).execute({ ...columnsOf(moves), now: now.toISOString() }));

const columnsOf = (moves: readonly Move[]) => ({
  name: moves.map(({ budget }) => budget.name),
  key: moves.map(({ key }) => key),
  points: moves.map(({ points }) => String(points)),
});

/** Names hold no spaces. */
const nameOf = ({ name, key }: { name: string; key: string }): string => `${name} ${key}`;

/**
 * @param needed points that must be in the budget for a yes
 * @param resetsIn seconds
 * @param taken points that are gone already; all of the needed ones unless told
 */
export function judge(budget: RateLimit, needed: number, resetsIn: number, taken = needed): Consumption {
  return needed <= budget.points
    ? { allowed: true, remaining: budget.points - taken }
    : { allowed: false, retryAfter: Math.max(1, Math.ceil(resetsIn)) };
}
