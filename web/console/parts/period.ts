import { useMemo } from 'react';
import type { Filters } from './use-filters.ts';

const HOUR = 3_600_000;

/** Lengths of `?last=`. */
export const PERIODS = { '1h': HOUR, '24h': 24 * HOUR, '7d': 7 * 24 * HOUR, '30d': 30 * 24 * HOUR } as const;
export type PeriodName = keyof typeof PERIODS;

export const PERIOD_NAMES = Object.keys(PERIODS) as PeriodName[];

export interface Period {
  readonly since: string | null;
  readonly until: string | null;
}

const toTime = (text: string | undefined): string | null =>
  text !== undefined && Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : null;

/** The period of `?last=`, or from `?since=` to `?until=`. It stays the same until the address changes. */
export function usePeriod({ get, getOneOf }: Filters): Period & { readonly name: PeriodName | 'own' | undefined } {
  const last = getOneOf('last', PERIOD_NAMES);
  const [since, until] = [get('since'), get('until')];
  return useMemo(() => {
    if (last) return { name: last, since: new Date(Date.now() - PERIODS[last]).toISOString(), until: null };
    return {
      name: since !== undefined || until !== undefined ? ('own' as const) : undefined,
      since: toTime(since),
      until: toTime(until),
    };
  }, [last, since, until]);
}

/** For `<input type="datetime-local">`, in the time zone of the browser. */
export function toLocalInput(iso: string | null): string {
  if (!iso) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Undefined for an empty input. */
export const fromLocalInput = (text: string): string | undefined =>
  Number.isFinite(Date.parse(text)) ? new Date(text).toISOString() : undefined;
