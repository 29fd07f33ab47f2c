import { useMemo } from 'react';
import { useLocale } from './locale.tsx';

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
  /** 5 minutes ago, in 3 days; now within a minute */
  ago(iso: string, now?: number): string;
  number(value: number): string;
}

/** Times and numbers in the user's language and time zone. */
export function useFormat(): Format {
  const { locale } = useLocale();
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    const number = new Intl.NumberFormat(locale);
    return {
      time: (iso) => time.format(new Date(iso)),
      date: (iso) => date.format(new Date(iso)),
      day: (iso) => day.format(new Date(iso)),
      ago(iso, now = Date.now()) {
        const seconds = (Date.parse(iso) - now) / 1000;
        const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
        return relative.format(unit === 'second' ? 0 : Math.round(seconds / length), unit);
      },
      number: (value) => number.format(value),
    };
  }, [locale]);
}
