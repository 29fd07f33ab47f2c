import { sql } from 'drizzle-orm';
import { type Clock, monotonic, SECOND } from '../../core/clock.ts';
import type { Db } from './client.ts';

const ANCHOR_EVERY = 30 * SECOND;
/** The time of the answer that came quickest is the one known best. */
const FIRST_SAMPLES = 3;
/** Milliseconds. A sample whose round trip took longer says less than the clock that runs. */
const WORST_ROUND_TRIP = SECOND;
/** Milliseconds. Smaller corrections backwards are waited out; larger ones mean another server, and are followed. */
const LARGEST_PAUSE = SECOND;

/** The database's time as it was at a moment of ours. */
interface Anchor {
  /** Milliseconds between monotonic() and the database's Unix time. */
  offset: number;
  /** Milliseconds. Half of it is how far off the offset may be. */
  roundTrip: number;
}

/** The database's time of day, in the middle of asking for it. */
async function ask(db: Db): Promise<Anchor> {
  const asked = monotonic();
  const [row] = await db
    .select({ time: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::double precision` })
    .from(sql`(select 1) as one`);
  const answered = monotonic();
  return { offset: Number(row?.time) - (asked + answered) / 2, roundTrip: answered - asked };
}

async function askWell(db: Db): Promise<Anchor> {
  let best = await ask(db);
  for (let sample = 1; sample < FIRST_SAMPLES; sample++) {
    const next = await ask(db);
    if (next.roundTrip < best.roundTrip) best = next;
  }
  return best;
}

export interface DatabaseClock extends Clock {
  close(): void;
}

/**
 * The database's time, so that replicas agree on what has expired however wrong their own clocks are. Asked for at the
 * start and every 30 seconds, in between carried on by the monotonic clock; when the database is away, by that alone.
 * @param anchorEvery milliseconds
 */
export async function databaseClock(db: Db, anchorEvery = ANCHOR_EVERY): Promise<DatabaseClock> {
  let { offset } = await askWell(db);
  let latest = 0;

  const adjust = async () => {
    const anchor = await ask(db);
    if (anchor.roundTrip > WORST_ROUND_TRIP) return;
    if (offset - anchor.offset > LARGEST_PAUSE) latest = 0;
    offset = anchor.offset;
  };
  const timer = setInterval(() => {
    adjust().catch(() => {}); // The database is away, and whoever needs it hears of that.
  }, anchorEvery).unref();

  return {
    now() {
      latest = Math.max(latest, Math.floor(offset + monotonic()));
      return new Date(latest);
    },
    close: () => clearInterval(timer),
  };
}

/** How far a clock is ahead of the database's, in milliseconds; behind is negative. Exact to half a round trip. */
export async function clockDifference(db: Db, clock: Clock): Promise<number> {
  const { offset } = await askWell(db);
  return clock.now().getTime() - (offset + monotonic());
}
