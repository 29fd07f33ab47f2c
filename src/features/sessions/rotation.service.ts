import DataLoader from 'dataloader';
import { after, type Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { type Presented, rotate, rotateTogether } from './rotation.repo.ts';
import type { Owned } from './session.repo.ts';

/**
 * Advances a session one generation; undefined if its generation is another or it has ended. Simultaneous
 * refreshes share one statement, round trip and commit, which halves the cost of a refresh.
 */
export type Rotate = (presented: Presented) => Promise<Owned | undefined>;

interface Dependencies {
  db: Db;
  clock: Clock;
  /** Milliseconds. */
  idleTtl: number;
}

/** Sessions per statement. */
const LARGEST_BATCH = 100;

export function createRotation({ db, clock, idleTtl }: Dependencies): Rotate {
  const moments = () => {
    const now = clock.now();
    return { now, idleUntil: after(now, idleTtl) };
  };

  const together = new DataLoader<Presented, Owned | undefined>(
    async (presented) => {
      const rotated = new Map<string, Owned>();
      for (const owned of await rotateTogether(db, presented, moments()))
        rotated.set(`${owned.session.id} ${owned.session.generation}`, owned);
      return presented.map(({ id, generation }) => {
        const name = `${id} ${generation + 1}`;
        const owned = rotated.get(name);
        rotated.delete(name); // A second caller with the same token is not rotated.
        return owned;
      });
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: LARGEST_BATCH },
  );

  return async (presented) => (await together.load(presented)) ?? rotate(db, presented, moments());
}
