import type { Locale } from './locale.tsx';

/** Chromium has no data for Uzbek, whose numbers are written like those of Russian. */
export const numberFormat = (locale: Locale): Intl.NumberFormat =>
  new Intl.NumberFormat(locale === 'uz' ? 'ru' : locale);
