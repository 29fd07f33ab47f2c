import { after, type Clock, HOUR, MINUTE, SECOND } from '../../core/clock.ts';
import { MAX_HOURS } from './statistics.ts';

/** Counts of hours. Kept in memory: a large installation has millions of rows a day, and a finished hour stays the same. */
export interface HourCounts<Count> {
  /**
   * One list for each hour, in the same order. Counts what is not known, one hour after the other, also for concurrent
   * callers. If the database fails, all callers that wait get its error.
   */
  read(hours: readonly Date[]): Promise<(readonly Count[])[]>;
}

interface Options<Count> {
  clock: Clock;
  count(since: Date, until: Date): Promise<readonly Count[]>;
  /** Whether the counts of a finished hour can still change. */
  canChange?(counts: readonly Count[]): boolean;
}

interface Entry<Count> {
  counts: readonly Count[];
  countedAt: Date;
  isFinal: boolean;
}

/** Milliseconds for which counts that can change are used. */
const RECOUNT_EVERY = 30 * SECOND;
/** Events of an hour are written until then: counted refusals, and transactions. */
const SETTLED_AFTER = MINUTE;

export function createHourCounts<Count>({ clock, count, canChange = () => false }: Options<Count>): HourCounts<Count> {
  const entries = new Map<number, Entry<Count>>();
  let queue = Promise.resolve<unknown>(undefined);

  function find(hour: Date): readonly Count[] | undefined {
    const entry = entries.get(hour.getTime());
    return entry && (entry.isFinal || clock.now() < after(entry.countedAt, RECOUNT_EVERY)) ? entry.counts : undefined;
  }

  async function readOne(hour: Date): Promise<readonly Count[]> {
    const known = find(hour);
    if (known) return known;
    const end = after(hour, HOUR);
    const countedAt = clock.now();
    const isOver = after(end, SETTLED_AFTER) <= countedAt;
    const counts = await count(hour, end);
    entries.set(hour.getTime(), { counts, countedAt, isFinal: isOver && !canChange(counts) });
    return counts;
  }

  async function readAll(hours: readonly Date[]): Promise<(readonly Count[])[]> {
    const oldest = after(clock.now(), -(MAX_HOURS + 1) * HOUR).getTime();
    for (const time of entries.keys()) if (time < oldest) entries.delete(time);
    const found: (readonly Count[])[] = [];
    for (const hour of hours) found.push(await readOne(hour));
    return found;
  }

  return {
    read(hours) {
      const turn = queue.then(() => readAll(hours));
      queue = turn;
      turn.catch(() => {
        if (queue === turn) queue = Promise.resolve(undefined); // The next caller tries again.
      });
      return turn;
    },
  };
}
