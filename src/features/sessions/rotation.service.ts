import DataLoader from 'dataloader';
import { after, type Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import { type Presented, rotate, rotateTogether } from './rotation.repo.ts';
import type { Owned } from './session.repo.ts';

interface Dependencies {
  db: Db;
  clock: Clock;
  /** Milliseconds. */
  idleTtl: number;
}

/** Sessions in one statement. */
const LARGEST_BATCH = 100;

/**
 * Advances a session one generation; undefined when its generation is another, or it has ended. Refreshes that arrive
 * together are one statement, one round trip and one commit: half of what a refresh costs.
 */
export function createRotation({ db, clock, idleTtl }: Dependencies) {
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
        rotated.delete(name); // Whoever presents the same token a second time comes too late.
        return owned;
      });
    },
    { cache: false, batchScheduleFn: setImmediate, maxBatchSize: LARGEST_BATCH },
  );

  return async (presented: Presented): Promise<Owned | undefined> =>
    (await together.load(presented)) ?? rotate(db, presented, moments());
}
