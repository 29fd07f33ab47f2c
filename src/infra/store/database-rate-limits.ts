import DataLoader from 'dataloader';
import { and, eq, gt, sql } from 'drizzle-orm';
import { after, type Clock, secondsUntil } from '../../core/clock.ts';
import type { Db } from '../db/client.ts';
import { preparedOnce, unnestRows } from '../db/prepared.ts';
import { rateLimits } from '../db/tables.ts';
import type { Consumption, RateLimit, RateLimitStore } from './rate-limits.ts';
import { runQuery } from './run-query.ts';

interface Dependencies {
  /** Not a caller's transaction: counts must survive a rollback. */
  db: Db;
  clock: Clock;
}

/** A cost to consume or to refund. */
interface Charge {
  limit: RateLimit;
  key: string;
  cost: number;
}

/** Maximum number of charges in one statement. */
const MAX_BATCH = 100;
/** More than any limit allows. */
const EVERYTHING = 1_000_000_000;

/**
 * RateLimitStore in PostgreSQL. rate-limiter-flexible's PostgreSQL store reads the clock of the process: on a replica
 * whose clock is ahead, windows would end early. This one uses the database's clock.
 *
 * Not to be called in a transaction: it would wait for a second connection while holding the first.
 */
export function createDatabaseRateLimits({ db, clock }: Dependencies): RateLimitStore {
  /** Concurrent charges share one statement. */
  function batched<Result>(run: (charges: readonly Charge[]) => Promise<Result[]>) {
    const { schedule, finish } = createTurns();
    return new DataLoader<Charge, Result>((charges) => run(charges).finally(finish), {
      cache: false,
      maxBatchSize: MAX_BATCH,
      batchScheduleFn: schedule,
    });
  }

  const consumptions = batched(async (charges) => {
    const now = clock.now();
    const counters = new Map((await addCosts(db, charges, now)).map((row) => [counterId(row), row]));
    // The statement adds up the charges of one counter. The last charge sees the sum, each one before it less.
    return charges
      .toReversed()
      .map(({ limit, key, cost }) => {
        const counter = counters.get(counterId({ name: limit.name, key }));
        if (!counter) throw new Error('an upsert returns its row');
        const result = judge(limit, counter.consumed, secondsUntil(counter.resetsAt, now));
        counter.consumed -= cost;
        return result;
      })
      .toReversed();
  });

  const refunds = batched(async (charges) => {
    await subtractCosts(db, charges, clock.now());
    return charges.map(() => undefined);
  });

  return {
    consume: (limit, key, cost = 1) => consumptions.load({ limit, key, cost }),

    async peek(limit, key) {
      const now = clock.now();
      const [counter] = await runQuery(
        db
          .select({ consumed: rateLimits.consumed, resetsAt: rateLimits.resetsAt })
          .from(rateLimits)
          .where(and(eq(rateLimits.name, limit.name), eq(rateLimits.key, key), gt(rateLimits.resetsAt, now))),
      );
      return counter
        ? judge(limit, counter.consumed + 1, secondsUntil(counter.resetsAt, now), counter.consumed)
        : { allowed: true, remaining: limit.max };
    },

    refund: (limit, key, cost = 1) => refunds.load({ limit, key, cost }),
    clear: (limit, key) => refunds.load({ limit, key, cost: EVERYTHING }),
  };
}

/** Statements of a kind at a time. */
const MOST_RUNNING = 2;

/**
 * Runs few statements at a time; charges that come meanwhile share the next one. Many statements for one counter would
 * wait for its row, each with a connection, and a flood from one network would hold them all.
 */
function createTurns() {
  const waiting: (() => void)[] = [];
  let running = 0;

  function startNext(): void {
    const dispatch = running < MOST_RUNNING ? waiting.shift() : undefined;
    if (!dispatch) return;
    running += 1;
    dispatch();
  }

  return {
    schedule(dispatch: () => void): void {
      waiting.push(dispatch);
      // Like DataLoader's own schedule: after the promises of this turn, so that they share the batch.
      void Promise.resolve().then(() => process.nextTick(startNext));
    },
    finish(): void {
      running -= 1;
      startNext();
    },
  };
}

const NOW = sql`${sql.placeholder('now')}::timestamptz`;
const IS_OVER = sql`${rateLimits.resetsAt} <= ${NOW}`;

/** Every statement locks counters in this order, so that two statements cannot deadlock. */
const LOCK_ORDER = [sql`name`, sql`key`];

const addition = preparedOnce((db) => {
  const sums = db
    .select({
      name: sql<string>`charge.name`.as('name'),
      key: sql<string>`charge.key`.as('key'),
      consumed: sql<number>`sum(charge.cost::integer)::integer`.as('points'),
      resetsAt: sql<Date>`max(charge.resets_at::timestamptz)`.as('resets_at'),
    })
    .from(unnestRows('charge', 'name', 'key', 'cost', 'resets_at'))
    .groupBy(sql`charge.name`, sql`charge.key`)
    .orderBy(...LOCK_ORDER);
  return db
    .insert(rateLimits)
    .select(sums)
    .onConflictDoUpdate({
      target: [rateLimits.name, rateLimits.key],
      set: {
        consumed: sql`case when ${IS_OVER} then excluded.points else ${rateLimits.consumed} + excluded.points end`,
        resetsAt: sql`case when ${IS_OVER} then excluded.resets_at else ${rateLimits.resetsAt} end`,
      },
    })
    .returning()
    .prepare('consume_limits');
});

/** The row lock serializes concurrent callers: each sees the sum of those before it. */
const addCosts = (db: Db, charges: readonly Charge[], now: Date) =>
  runQuery(
    addition(db).execute({
      ...toColumns(charges),
      resets_at: charges.map(({ limit }) => after(now, limit.window).toISOString()),
      now: now.toISOString(),
    }),
  );

const subtraction = preparedOnce((db) => {
  const locked = db.$with('locked').as(
    db
      .select({ name: rateLimits.name, key: rateLimits.key, cost: sql<string>`charge.cost`.as('cost') })
      .from(unnestRows('charge', 'name', 'key', 'cost'))
      .innerJoin(rateLimits, sql`${rateLimits.name} = charge.name and ${rateLimits.key} = charge.key`)
      .where(gt(rateLimits.resetsAt, NOW))
      .orderBy(rateLimits.name, rateLimits.key)
      .for('update', { of: rateLimits }),
  );
  const sums = db.$with('sums').as(
    db
      .select({ name: locked.name, key: locked.key, cost: sql<number>`sum(${locked.cost}::integer)`.as('cost') })
      .from(locked)
      .groupBy(locked.name, locked.key),
  );
  return db
    .with(locked, sums)
    .update(rateLimits)
    .set({ consumed: sql`greatest(${rateLimits.consumed} - ${sums.cost}, 0)` })
    .from(sums)
    .where(and(eq(rateLimits.name, sums.name), eq(rateLimits.key, sums.key)))
    .prepare('refund_limits');
});

const subtractCosts = (db: Db, charges: readonly Charge[], now: Date) =>
  runQuery(subtraction(db).execute({ ...toColumns(charges), now: now.toISOString() }));

const toColumns = (charges: readonly Charge[]) => ({
  name: charges.map(({ limit }) => limit.name),
  key: charges.map(({ key }) => key),
  cost: charges.map(({ cost }) => String(cost)),
});

/** Names contain no spaces. */
const counterId = ({ name, key }: { name: string; key: string }): string => `${name} ${key}`;

/**
 * @param needed allowed if the limit has room for this much
 * @param resetsIn seconds
 * @param consumed so far; `needed` by default
 */
export function judge(limit: RateLimit, needed: number, resetsIn: number, consumed = needed): Consumption {
  return needed <= limit.max
    ? { allowed: true, remaining: limit.max - consumed }
    : { allowed: false, retryAfter: Math.max(1, Math.ceil(resetsIn)) };
}
