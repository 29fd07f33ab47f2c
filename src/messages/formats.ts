import { DAY, HOUR, MINUTE, SECOND } from '../core/clock.ts';
import type { Locale } from '../core/locale.ts';

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** Uses the largest unit of which there is exactly one, or at least two: 2 days, but 90 minutes. Rounds up. */
function toLargestUnit(milliseconds: number): [number, 'day' | 'hour' | 'minute' | 'second'] {
  for (const [unit, size] of UNITS) {
    if (milliseconds >= 2 * size || milliseconds === size) return [Math.ceil(milliseconds / size), unit];
  }
  return [Math.max(1, Math.ceil(milliseconds / SECOND)), 'second'];
}

/** Creates each formatter once: creating one takes longer than rendering a message. */
function memoize<Names extends readonly string[], Format>(create: (...names: Names) => Format) {
  const created = new Map<string, Format>();
  return (...names: Names): Format => {
    const key = names.join(' ');
    const format = created.get(key) ?? create(...names);
    created.set(key, format);
    return format;
  };
}

const durationFormat = memoize(
  (locale: Locale, unit: string) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
);
const relativeFormat = memoize((locale: Locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
const pluralRules = memoize((locale: Locale) => new Intl.PluralRules(locale));

/** A duration: 10 minutes, 10 минут, 10 daqiqa. */
export function formatDuration(milliseconds: number, locale: Locale): string {
  const [count, unit] = toLargestUnit(milliseconds);
  return durationFormat(locale, unit).format(count);
}

/** A time from now: in 10 minutes, через 10 минут, 10 daqiqadan keyin. */
export function formatTimeFromNow(milliseconds: number, locale: Locale): string {
  const [count, unit] = toLargestUnit(milliseconds);
  return relativeFormat(locale).format(count, unit);
}

/** The plural form for this number: 1 вход, 2 входа, 5 входов. */
export function choosePluralForm(
  forms: { [Form in Intl.LDMLPluralRule]?: string | undefined } & { other: string },
  count: number,
  locale: Locale,
): string {
  return forms[pluralRules(locale).select(count)] ?? forms.other;
}

/** British English: 20 November is unambiguous. */
const DATE_LOCALES: Record<Locale, string> = { en: 'en-GB', ru: 'ru', uz: 'uz' };

const momentFormat = memoize(
  (locale: Locale) =>
    new Intl.DateTimeFormat(DATE_LOCALES[locale], {
      dateStyle: 'long',
      timeStyle: 'short',
      hourCycle: 'h23',
      timeZone: 'UTC',
    }),
);

/**
 * In UTC, because the user's time zone is unknown: 20 November 2026 at 09:05 UTC.
 * @param moment RFC 3339
 */
export const formatMoment = (moment: string, locale: Locale): string =>
  `${momentFormat(locale).format(Date.parse(moment))} UTC`;
