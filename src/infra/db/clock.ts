import { sql } from 'drizzle-orm';
import { type Clock, monotonic, SECOND } from '../../core/clock.ts';
import type { Db } from './client.ts';

const ANCHOR_EVERY = 30 * SECOND;
/** The sample with the shortest round trip is the most accurate. */
const FIRST_SAMPLES = 3;
/** Milliseconds. A sample with a longer round trip is less accurate than the running clock. */
const WORST_ROUND_TRIP = SECOND;
/** Milliseconds. Smaller backward corrections stop the clock until time catches up; larger ones mean another server. */
const LARGEST_PAUSE = SECOND;

/** The database's time relative to the monotonic clock. */
interface Anchor {
  /** Milliseconds between monotonic() and the database's Unix time. */
  offset: number;
  /** Milliseconds. The offset is accurate to half of it. */
  roundTrip: number;
}

/** Assumes that the database read its clock in the middle of the round trip. */
async function sampleClock(db: Db): Promise<Anchor> {
  const sentAt = monotonic();
  const [row] = await db
    .select({ time: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::double precision` })
    .from(sql`(select 1) as one`);
  const receivedAt = monotonic();
  return { offset: Number(row?.time) - (sentAt + receivedAt) / 2, roundTrip: receivedAt - sentAt };
}

async function takeBestSample(db: Db): Promise<Anchor> {
  let best = await sampleClock(db);
  for (let sample = 1; sample < FIRST_SAMPLES; sample++) {
    const next = await sampleClock(db);
    if (next.roundTrip < best.roundTrip) best = next;
  }
  return best;
}

export interface DatabaseClock extends Clock {
  close(): void;
}

/**
 * The database's time, so that replicas agree on what has expired even if their own clocks are wrong. Read at startup
 * and every 30 seconds. The monotonic clock is used in between, and while the database is down.
 * @param anchorEvery milliseconds
 */
export async function databaseClock(db: Db, anchorEvery = ANCHOR_EVERY): Promise<DatabaseClock> {
  let { offset } = await takeBestSample(db);
  let latest = 0;

  const adjust = async () => {
    const anchor = await sampleClock(db);
    if (anchor.roundTrip > WORST_ROUND_TRIP) return;
    if (offset - anchor.offset > LARGEST_PAUSE) latest = 0;
    offset = anchor.offset;
  };
  const timer = setInterval(() => {
    adjust().catch(() => {}); // The database is down; requests that need it report that.
  }, anchorEvery).unref();

  return {
    now() {
      latest = Math.max(latest, Math.floor(offset + monotonic()));
      return new Date(latest);
    },
    close: () => clearInterval(timer),
  };
}

/** Milliseconds that a clock is ahead of the database's; negative if it is behind. Accurate to half a round trip. */
export async function clockDifference(db: Db, clock: Clock): Promise<number> {
  const { offset } = await takeBestSample(db);
  return clock.now().getTime() - (offset + monotonic());
}
