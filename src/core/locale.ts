import { LRUCache } from 'lru-cache';

/** The languages of messages and problems. The first one is the default. */
export const LOCALES = ['en', 'ru', 'uz'] as const;
export type Locale = (typeof LOCALES)[number];

const isLocale = (text: string): text is Locale => (LOCALES as readonly string[]).includes(text);

/** The supported language of a BCP 47 tag: ru-RU → ru, de → undefined. */
export function parseLocale(tag: string | null | undefined): Locale | undefined {
  const language = tag?.trim().toLowerCase().split(/[-_]/, 1)[0] ?? '';
  return isLocale(language) ? language : undefined;
}

/** Characters of an Accept-Language header that are read. */
const LONGEST = 500;
/** Languages by header: browsers send few different ones. */
const known = new LRUCache<string, Locale>({ max: 500 });

/** The first language of an Accept-Language header (RFC 9110 section 12.5.4) that we support, by descending weight. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  if (!acceptLanguage) return LOCALES[0];
  const header = acceptLanguage.slice(0, LONGEST);
  const remembered = known.get(header);
  if (remembered) return remembered;
  const locale = readAcceptLanguage(header);
  known.set(header, locale);
  return locale;
}

function readAcceptLanguage(header: string): Locale {
  const ranked = header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const weight = parameters.map((parameter) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { locale: parseLocale(tag), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return ranked.find((entry) => entry.locale)?.locale ?? LOCALES[0];
}
