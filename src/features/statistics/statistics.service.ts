import { after, type Clock } from '../../core/clock.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Deliveries } from '../deliveries/deliveries.service.ts';
import { type DeliveryKind, findRetention } from '../deliveries/delivery.ts';
import { createHourCounts } from './hour-counts.ts';
import { countEvents } from './statistics.repo.ts';
import { type EventCount, listHours, type Series, toSeries } from './statistics.ts';

/** Counts for charts, for each hour. */
export interface Statistics {
  /** The starts of the last hours, oldest first. The last one is running. */
  hours(count: number): Date[];
  /** Refused ones, too. */
  signIns(hours: readonly Date[]): Promise<Series<SignInKind>[]>;
  /** Accounts that users opened. */
  signUps(hours: readonly Date[]): Promise<number[]>;
  deliveries(hours: readonly Date[]): Promise<(Series<DeliveryKind> & { countedSince: Date })[]>;
}

export type SignInKind = Pick<EventCount, 'method' | 'outcome'>;

interface Dependencies {
  db: Db;
  clock: Clock;
  deliveries: Pick<Deliveries, 'count'>;
}

export function createStatistics({ db, clock, deliveries }: Dependencies): Statistics {
  const events = createHourCounts({ clock, count: (since, until) => countEvents(db, since, until) });
  const messages = createHourCounts({
    clock,
    count: deliveries.count,
    // Those that were given up can be retried.
    canChange: (counts) => counts.some(({ state }) => state === 'WAITING' || state === 'GIVEN_UP'),
  });

  return {
    hours: (count) => listHours(clock.now(), count),

    async signIns(hours) {
      const counted = await events.read(hours);
      return toSeries(
        counted.map((hour) =>
          hour
            .filter(({ type }) => type === 'sign-in')
            .map(({ method, outcome, count }) => ({ method, outcome, count })),
        ),
      );
    },

    async signUps(hours) {
      const counted = await events.read(hours);
      return counted.map((hour) =>
        hour.filter(({ type }) => type === 'sign-up').reduce((sum, { count }) => sum + count, 0),
      );
    },

    async deliveries(hours) {
      const series = toSeries(await messages.read(hours));
      const now = clock.now();
      return series.map(({ key, counts }) => {
        // Some of the earlier ones are deleted. This replica may have counted them, but others may not.
        const keptSince = after(now, -findRetention(key));
        const countedSince = hours.find((hour) => hour >= keptSince) ?? now;
        return {
          key,
          countedSince,
          counts: counts.map((count, index) => ((hours[index] ?? now) >= countedSince ? count : 0)),
        };
      });
    },
  };
}
