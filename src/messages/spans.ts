import { DAY, HOUR, MINUTE, SECOND } from '../core/clock.ts';
import type { Locale } from '../core/locale.ts';

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** The largest unit of which there are at least two, rounded up: 10 minutes, 48 hours are 2 days. */
function measure(milliseconds: number): [number, 'day' | 'hour' | 'minute' | 'second'] {
  for (const [unit, size] of UNITS) {
    if (milliseconds >= 2 * size || milliseconds === size) return [Math.ceil(milliseconds / size), unit];
  }
  return [Math.max(1, Math.ceil(milliseconds / SECOND)), 'second'];
}

/** A length of time for a person: 10 minutes, 10 минут, 10 daqiqa. */
export function spanInWords(milliseconds: number, locale: Locale): string {
  const [count, unit] = measure(milliseconds);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}

/** When it is over, for a person: in 10 minutes, через 10 минут, 10 daqiqadan keyin. */
export function fromNowInWords(milliseconds: number, locale: Locale): string {
  const [count, unit] = measure(milliseconds);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(count, unit);
}
