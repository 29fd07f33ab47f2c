import { useMemo } from 'react';
import { type Locale, useLocale } from './locale.tsx';
import { numberFormat } from './numbers.ts';
import { uzbekClock, uzbekDate, uzbekRelative } from './uzbek.ts';

const UNITS = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

export interface Format {
  /** 30 Nov 2026, 09:41 */
  time(iso: string): string;
  /** 30 November 2026 */
  date(iso: string): string;
  /** 30 Nov 2026 */
  day(iso: string): string;
  /** 09:41 */
  clock(iso: string): string;
  /** 5 minutes ago, in 3 days; now within a minute */
  ago(iso: string, now?: number): string;
  /** in 42 seconds */
  relative(value: number, unit: Intl.RelativeTimeFormatUnit): string;
  number(value: number): string;
}

type Dates = Readonly<Record<'time' | 'date' | 'day' | 'clock', (date: Date) => string>> & Pick<Format, 'relative'>;

const UZBEK: Dates = {
  time: (date) => `${uzbekDate(date)}, ${uzbekClock(date)}`,
  date: uzbekDate,
  day: uzbekDate,
  clock: uzbekClock,
  relative: uzbekRelative,
};

const write = (locale: Locale, options: Intl.DateTimeFormatOptions): ((date: Date) => string) => {
  const format = new Intl.DateTimeFormat(locale, options);
  return (date) => format.format(date);
};

function datesOf(locale: Locale): Dates {
  if (locale === 'uz') return UZBEK;
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    time: write(locale, { dateStyle: 'medium', timeStyle: 'short' }),
    date: write(locale, { dateStyle: 'long' }),
    day: write(locale, { dateStyle: 'medium' }),
    clock: write(locale, { hour: 'numeric', minute: '2-digit' }),
    relative: (value, unit) => relative.format(value, unit),
  };
}

/** Times and numbers in the user's language and time zone. */
export function useFormat(): Format {
  const { locale } = useLocale();
  return useMemo(() => {
    const { time, date, day, clock, relative } = datesOf(locale);
    const number = numberFormat(locale);
    return {
      time: (iso) => time(new Date(iso)),
      date: (iso) => date(new Date(iso)),
      day: (iso) => day(new Date(iso)),
      clock: (iso) => clock(new Date(iso)),
      ago(iso, now = Date.now()) {
        const seconds = (Date.parse(iso) - now) / 1000;
        const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
        return relative(unit === 'second' ? 0 : Math.round(seconds / length), unit);
      },
      relative,
      number: (value) => number.format(value),
    };
  }, [locale]);
}
