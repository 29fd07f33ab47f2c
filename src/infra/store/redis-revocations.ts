import { and, gt } from 'drizzle-orm';
import { after, type Clock, monotonic, SECOND } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import type { Db } from '../db/client.ts';
import { revocations } from '../db/tables.ts';
import type { Redis } from './redis-client.ts';
import type { Revocations } from './revocations.ts';

interface Dependencies {
  redis: Redis;
  db: Db;
  clock: Clock;
  /** Answers from the table itself, whenever memory cannot prove that it is fresh. */
  truth: Revocations;
}

const CHANNEL = 'latchkey:revoked';

/** Milliseconds between two readings of the table. */
const READ_INTERVAL = 250;
/** Milliseconds after the start of the last successful reading during which memory answers. */
const FRESH_FOR = 900;
/**
 * Milliseconds that every reading looks back behind the one before. A row carries the moment at which its transaction
 * began to write and is seen when it has committed; statement and idle time-outs keep that well below this.
 */
const OVERLAP = 30 * SECOND;
/** Milliseconds that an announced ending is believed before the table has confirmed it. */
const UNCONFIRMED = OVERLAP;
const SWEEP_INTERVAL = 10 * SECOND;

/**
 * Answers from memory. What makes memory trustworthy is the table, read anew four times a second: an answer from memory
 * reflects everything that was committed until less than a second ago, whatever Redis does. Redis makes it faster than
 * that: what it announces is refused a moment later. It can only add to what is refused, so an empty, hung, partitioned
 * or lying Redis lets nobody in.
 */
export async function createRedisRevocations({ redis, db, clock, truth }: Dependencies): Promise<Revocations> {
  /** Session → when its last access token is dead and the entry may go. */
  const ended = new Map<string, Date>();
  let readFrom: Date | undefined;
  let verifiedAt = Number.NEGATIVE_INFINITY;
  let sweptAt = monotonic();
  let closed = false;

  const remember = (sessionId: string, until: Date) => {
    const known = ended.get(sessionId);
    if (!known || known < until) ended.set(sessionId, until);
  };

  /** Reads what was written since the last successful reading; everything at first and after a gap of any length. */
  const read = async () => {
    const [started, now] = [monotonic(), clock.now()];
    const rows = await db
      .select({ sessionId: revocations.sessionId, expiresAt: revocations.expiresAt })
      .from(revocations)
      .where(and(gt(revocations.revokedAt, readFrom ?? new Date(0)), gt(revocations.expiresAt, now)));
    for (const row of rows) remember(row.sessionId, row.expiresAt);
    readFrom = after(now, -OVERLAP);
    verifiedAt = started;
  };

  const sweep = () => {
    if (monotonic() - sweptAt < SWEEP_INTERVAL) return;
    sweptAt = monotonic();
    const now = clock.now();
    for (const [sessionId, until] of ended) if (until <= now) ended.delete(sessionId);
  };

  const readForEver = async () => {
    await read().catch(() => {}); // Not proven, so the truth is asked; the next reading makes up for it.
    sweep();
    if (!closed) timer = setTimeout(turn, READ_INTERVAL).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();
  const turn = () => {
    reading = readForEver();
  };

  const believe = (message: string) => {
    const until = after(clock.now(), UNCONFIRMED);
    for (const sessionId of message.split(' ')) if (isId(sessionId)) remember(sessionId, until);
  };

  redis.listen(CHANNEL, believe);
  turn();
  await reading;

  return {
    isRevoked(sessionId) {
      if (ended.has(sessionId)) return true; // Nothing un-ends a session, so this needs no proof.
      return monotonic() - verifiedAt < FRESH_FOR ? false : truth.isRevoked(sessionId);
    },
    announce(sessionIds) {
      if (sessionIds.length === 0) return;
      const message = sessionIds.join(' ');
      believe(message);
      redis.publish(CHANNEL, message);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await reading;
    },
  };
}
