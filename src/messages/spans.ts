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

/** Made once: making one takes longer than all the rest of a message. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: Locale, unit: string): Intl.NumberFormat {
  const name = `${locale} ${unit}`;
  const format = formats.get(name) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' });
  formats.set(name, format);
  return format;
}

/** A length of time for a person: 10 minutes, 10 минут, 10 daqiqa. */
export function spanInWords(milliseconds: number, locale: Locale): string {
  const [count, unit] = measure(milliseconds);
  return formatOf(locale, unit).format(count);
}

/** When it is over, for a person: in 10 minutes, через 10 минут, 10 daqiqadan keyin. */
export function fromNowInWords(milliseconds: number, locale: Locale): string {
  const [count, unit] = measure(milliseconds);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(count, unit);
}

/** British, because its dates read the same everywhere: 20 November. */
const DATE_LOCALES: Record<Locale, string> = { en: 'en-GB', ru: 'ru', uz: 'uz' };

/**
 * A moment for a person, in UTC, because where the person is nobody knows: 20 November 2026 at 09:05 UTC.
 * @param moment RFC 3339
 */
export const momentInWords = (moment: string, locale: Locale): string =>
  `${new Intl.DateTimeFormat(DATE_LOCALES[locale], {
    dateStyle: 'long',
    timeStyle: 'short',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(Date.parse(moment))} UTC`;
