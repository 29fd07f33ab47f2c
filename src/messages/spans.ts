import { DAY, HOUR, MINUTE, SECOND } from '../core/clock.ts';
import type { Locale } from '../core/locale.ts';

const UNITS = [
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
] as const;

/** The largest unit that gives exactly 1 or at least 2, rounded up: 48 hours are 2 days, 90 minutes stay minutes. */
function toLargestUnit(milliseconds: number): [number, 'day' | 'hour' | 'minute' | 'second'] {
  for (const [unit, size] of UNITS) {
    if (milliseconds >= 2 * size || milliseconds === size) return [Math.ceil(milliseconds / size), unit];
  }
  return [Math.max(1, Math.ceil(milliseconds / SECOND)), 'second'];
}

/** Creates each format once: that takes longer than rendering a message. @param names the arguments of `create` */
function once<Names extends readonly string[], Format>(create: (...names: Names) => Format) {
  const created = new Map<string, Format>();
  return (...names: Names): Format => {
    const key = names.join(' ');
    const format = created.get(key) ?? create(...names);
    created.set(key, format);
    return format;
  };
}

const spanFormat = once(
  (locale: Locale, unit: string) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
);
const relativeFormat = once((locale: Locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));
const pluralRules = once((locale: Locale) => new Intl.PluralRules(locale));

/** A duration: 10 minutes, 10 минут, 10 daqiqa. */
export function spanInWords(milliseconds: number, locale: Locale): string {
  const [count, unit] = toLargestUnit(milliseconds);
  return spanFormat(locale, unit).format(count);
}

/** A time from now: in 10 minutes, через 10 минут, 10 daqiqadan keyin. */
export function fromNowInWords(milliseconds: number, locale: Locale): string {
  const [count, unit] = toLargestUnit(milliseconds);
  return relativeFormat(locale).format(count, unit);
}

/** The form of a text for this number: 1 вход, 2 входа, 5 входов. */
export function chooseForm(
  forms: { [Form in Intl.LDMLPluralRule]?: string | undefined } & { other: string },
  count: number,
  locale: Locale,
): string {
  return forms[pluralRules(locale).select(count)] ?? forms.other;
}

/** British English: 20 November is unambiguous. */
const DATE_LOCALES: Record<Locale, string> = { en: 'en-GB', ru: 'ru', uz: 'uz' };

const momentFormat = once(
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
export const momentInWords = (moment: string, locale: Locale): string =>
  `${momentFormat(locale).format(Date.parse(moment))} UTC`;
