import { after, type Clock, monotonic, SECOND } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { type Revocation, revocationsSince } from './revocation-list.repo.ts';

/** A copy of the table `revocations` in memory. */
export interface RevocationCopy {
  /** Reads the rows that are new; the first time, all rows. Concurrent callers share a read. Throws if it fails. */
  load(): Promise<void>;
  isLoading(): boolean;
  /** Milliseconds since the last successful read began. */
  age(): number;
  /** Rows so far, including expired ones. */
  count(): number;
  /** All rows in the order of `revokedAt` and `sessionId`, after those that expired by the moment are removed. */
  list(expiredBy: Date): readonly Revocation[];
}

interface Dependencies {
  db: Db;
  clock: Clock;
}

/** Milliseconds by which a read overlaps the one before: a row has the time of its write, but is visible at the commit. */
export const OVERLAP = 30 * SECOND;

export function createRevocationCopy({ db, clock }: Dependencies): RevocationCopy {
  const known = new Map<string, Revocation>();
  let count = 0;
  let readFrom = new Date(0);
  /** monotonic() */
  let freshAt = Number.NEGATIVE_INFINITY;
  let loading: Promise<void> | undefined;

  async function readTable(): Promise<void> {
    const [started, now] = [monotonic(), clock.now()];
    for (const row of await revocationsSince(db, readFrom)) {
      if (!known.has(row.sessionId)) count += 1;
      known.set(row.sessionId, row);
    }
    readFrom = after(now, -OVERLAP);
    freshAt = started;
  }

  return {
    load() {
      loading ??= readTable().finally(() => {
        loading = undefined;
      });
      return loading;
    },
    isLoading: () => loading !== undefined,
    age: () => monotonic() - freshAt,
    count: () => count,
    list(expiredBy) {
      for (const [id, { expiresAt }] of known) if (expiresAt <= expiredBy) known.delete(id);
      return [...known.values()].sort(inOrder);
    },
  };
}

const inOrder = (a: Revocation, b: Revocation): number =>
  a.revokedAt.getTime() - b.revokedAt.getTime() || (a.sessionId < b.sessionId ? -1 : 1);
