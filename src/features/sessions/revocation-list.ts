import { type Clock, monotonic, SECOND } from '../../core/clock.ts';
import type { RevocationCopy } from './revocation-copy.ts';
import type { Revocation } from './revocation-list.repo.ts';

/** The list at one moment. It is complete: the table is the only source. */
export interface RevocationSnapshot {
  /** Differs from those of other snapshots of this process. */
  version: number;
  /** The period, in seconds since 1970, at whose beginning expired revocations were removed. */
  period: number;
  /** In the order of `revokedAt` and `sessionId`. */
  revocations: readonly Revocation[];
}

/** The revocations, as the feed needs them. */
export interface RevocationList {
  /** At most a second old. Throws if the table cannot be read: an incomplete list would let revoked tokens in. */
  read(): Promise<RevocationSnapshot>;
  /** Reads the table as soon as possible: a session has just been revoked. */
  refresh(): void;
  /**
   * Keeps the list current, and calls back when it has grown or can no longer be read. Returns a function that ends it.
   */
  watch(onChange: (error?: unknown) => void): () => void;
}

interface Dependencies {
  copy: RevocationCopy;
  clock: Clock;
}

/** Seconds. Replicas remove expired revocations at the same moments, so that their lists are the same. */
export const PERIOD = 20;

/** Milliseconds between two reads of the table while the list is watched. */
const READ_EVERY = 250;
/** Milliseconds between two reads that announcements cause. */
const SHORTEST_PAUSE = 50;
/** Milliseconds between two versions. Many revocations in a row cause one. */
const PUBLISH_EVERY = 500;
/** Milliseconds without a successful read after which the list counts as unknown. */
const LOST_AFTER = SECOND;

export function createRevocationList({ copy, clock }: Dependencies): RevocationList {
  const watchers = new Set<(error?: unknown) => void>();
  let snapshot: RevocationSnapshot = { version: 0, period: 0, revocations: [] };
  /** Rows of the copy when the snapshot was made. */
  let published = 0;
  /** monotonic() */
  let publishedAt = Number.NEGATIVE_INFINITY;
  /** A revocation was announced since the latest read began. */
  let isBehind = false;
  let timer: NodeJS.Timeout | undefined;

  const notify = (error?: unknown) => {
    for (const onChange of [...watchers]) onChange(error);
  };
  const load = () => {
    isBehind = false;
    return copy.load();
  };
  const hasGrown = () => copy.count() > published;
  const untilPublished = () => publishedAt + PUBLISH_EVERY - monotonic();

  function publishIfDue(): void {
    const period = periodOf(clock.now());
    const isGrowing = hasGrown() && untilPublished() <= 0;
    if (period === snapshot.period && !isGrowing) return;
    const grew = hasGrown();
    published = copy.count();
    snapshot = { version: snapshot.version + 1, period, revocations: copy.list(new Date(period * SECOND)) };
    if (!grew) return;
    publishedAt = monotonic();
    notify();
  }

  function scheduleTick(delay: number): void {
    clearTimeout(timer);
    timer = watchers.size > 0 ? setTimeout(tick, delay).unref() : undefined;
  }

  async function tick(): Promise<void> {
    await load().then(publishIfDue, (error: unknown) => {
      if (copy.age() > LOST_AFTER) notify(error);
    });
    const delay = isBehind ? 0 : hasGrown() ? Math.min(READ_EVERY, untilPublished()) : READ_EVERY;
    scheduleTick(Math.max(SHORTEST_PAUSE, delay));
  }

  return {
    async read() {
      if (isBehind || copy.age() > READ_EVERY) await load();
      publishIfDue();
      return snapshot;
    },
    refresh() {
      isBehind = true;
      if (!copy.isLoading()) scheduleTick(Math.max(0, SHORTEST_PAUSE - copy.age()));
    },
    watch(onChange) {
      watchers.add(onChange);
      if (watchers.size === 1) scheduleTick(READ_EVERY);
      return () => {
        watchers.delete(onChange);
        if (watchers.size === 0) clearTimeout(timer);
      };
    },
  };
}

const periodOf = (now: Date): number => Math.floor(now.getTime() / SECOND / PERIOD) * PERIOD;
