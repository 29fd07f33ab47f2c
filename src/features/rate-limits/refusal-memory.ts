import { after, type Clock, SECOND } from '../../core/clock.ts';
import type { RateLimited } from '../../core/problems.ts';

/** Milliseconds. Short, because another replica may give attempts back. */
const REMEMBERED = SECOND;
/** Networks. Beyond them the oldest is forgotten. */
const MOST = 10_000;

/** Networks that were refused in the last second. A flood of refused requests then costs one statement a second. */
export interface RefusalMemory {
  recall(key: string): RateLimited | undefined;
  remember(key: string, refusal: RateLimited): void;
  forget(key: string): void;
}

export function createRefusalMemory(clock: Clock): RefusalMemory {
  const refusals = new Map<string, { refusal: RateLimited; until: Date }>();

  return {
    recall(key) {
      const known = refusals.get(key);
      if (known && known.until > clock.now()) return known.refusal;
      refusals.delete(key);
      return undefined;
    },

    remember(key, refusal) {
      refusals.delete(key);
      const [oldest] = refusals.keys();
      if (refusals.size >= MOST && oldest !== undefined) refusals.delete(oldest);
      refusals.set(key, { refusal, until: after(clock.now(), REMEMBERED) });
    },

    forget: (key) => void refusals.delete(key),
  };
}
