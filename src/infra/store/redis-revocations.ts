import { and, gt } from 'drizzle-orm';
import { after, type Clock, monotonic, SECOND } from '../../core/clock.ts';
import { isId } from '../../core/ids.ts';
import type { Db } from '../db/client.ts';
import { revocations } from '../db/tables.ts';
import type { Redis } from './redis-client.ts';
import { NOTHING_REVOKED } from './redis-commands.ts';
import type { Revocations } from './revocations.ts';

interface Dependencies {
  redis: Redis;
  db: Db;
  clock: Clock;
  /** Reads the table. Used whenever the copy in memory may be stale. */
  database: Revocations;
}

/** Milliseconds between two reads of the table. */
const READ_INTERVAL = 250;
/** Milliseconds after the start of the last successful read during which the copy in memory is used. */
const FRESH_FOR = 900;
/**
 * Milliseconds by which a read overlaps the one before. A row has the time of its write but becomes visible at the
 * commit; statement and idle timeouts keep the difference well below this.
 */
const OVERLAP = 30 * SECOND;
/** Milliseconds for which an announcement counts before the table has confirmed it. */
const UNCONFIRMED = OVERLAP;
const SWEEP_INTERVAL = 10 * SECOND;
/** Ids per message, 18 KB: a larger one would delay the replies to other commands. */
const LARGEST_MESSAGE = 500;

/**
 * Looks sessions up in a copy of the table in memory, read four times a second. A result is less than a second old,
 * whatever Redis does. Announcements through Redis take effect at once. They can only add revocations, so an empty, hung,
 * partitioned or compromised Redis lets no attacker in.
 */
export async function createRedisRevocations({ redis, db, clock, database }: Dependencies): Promise<Revocations> {
  /** Session id → when its last access token has expired and the entry can be removed. */
  const ended = new Map<string, Date>();
  let readFrom: Date | undefined;
  let verifiedAt = Number.NEGATIVE_INFINITY;
  let sweptAt = monotonic();
  let closed = false;
  const listeners: (() => void)[] = [];

  const remember = (sessionId: string, until: Date) => {
    const known = ended.get(sessionId);
    if (!known || known < until) ended.set(sessionId, until);
  };

  /** Reads the rows written since the last successful read; the first time, all rows. */
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

  const readAndReschedule = async () => {
    await read().catch(() => {}); // The copy becomes stale, so the table is queried until the next read succeeds.
    sweep();
    if (!closed) timer = setTimeout(startReading, READ_INTERVAL).unref();
  };
  let timer: NodeJS.Timeout | undefined;
  let reading = Promise.resolve();
  const startReading = () => {
    reading = readAndReschedule();
  };

  const applyAnnouncement = (message: string) => {
    if (message === NOTHING_REVOKED) return;
    const until = after(clock.now(), UNCONFIRMED);
    for (const sessionId of message.split(' ')) if (isId(sessionId)) remember(sessionId, until);
    for (const onAnnounced of listeners) onAnnounced();
  };

  redis.listen(applyAnnouncement);
  startReading();
  await reading;

  return {
    isRevoked(sessionId) {
      if (ended.has(sessionId)) return true; // A revocation is never undone, so this cannot be stale.
      return monotonic() - verifiedAt < FRESH_FOR ? false : database.isRevoked(sessionId);
    },
    announce(sessionIds) {
      for (let first = 0; first < sessionIds.length; first += LARGEST_MESSAGE) {
        const message = sessionIds.slice(first, first + LARGEST_MESSAGE).join(' ');
        applyAnnouncement(message);
        redis.announce(message);
      }
    },
    listen: (onAnnounced) => void listeners.push(onAnnounced),
    async close() {
      closed = true;
      clearTimeout(timer);
      await reading;
    },
  };
}
