import { after, HOUR } from '../../core/clock.ts';

/** A week. */
export const MAX_HOURS = 168;

/** Audit events of one hour that have these words in common. */
export interface EventCount {
  type: string;
  outcome: string;
  method: string | null;
  count: number;
}

/** What has the key in common, counted for each hour. */
export interface Series<Key> {
  key: Key;
  /** As many as there are hours. */
  counts: number[];
}

/** The starts of the last hours (UTC), oldest first. The last one is running. */
export function listHours(now: Date, count: number): Date[] {
  const running = new Date(Math.floor(now.getTime() / HOUR) * HOUR);
  return Array.from({ length: count }, (_, index) => after(running, (index + 1 - count) * HOUR));
}

/** @param hours what was counted in each hour, with different keys */
export function toSeries<Key extends object>(hours: readonly (readonly (Key & { count: number })[])[]): Series<Key>[] {
  const series = new Map<string, Series<Key>>();
  for (const [hour, counted] of hours.entries()) {
    for (const { count, ...rest } of counted) {
      const name = JSON.stringify(Object.values(rest));
      const known = series.get(name) ?? { key: rest as unknown as Key, counts: hours.map(() => 0) }; // All but the count.
      known.counts[hour] = count;
      series.set(name, known);
    }
  }
  return [...series.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
