import { matching, parsed } from '../core/settings/text.ts';
import { parseUrl } from '../core/settings/urls.ts';

/**
 * On one line and visible. Braces are for placeholders, and marks that change the direction of a text would also reverse
 * what follows: a code.
 */
const visibleLine = (longest: number) =>
  new RegExp(
    `^(?=.*[\\p{L}\\p{N}\\p{P}\\p{S}])[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}{}<>\\u202a-\\u202e\\u2066-\\u2069]{1,${longest}}$`,
    'u',
  );

export const productName = matching(visibleLine(60), 'be 1 to 60 visible characters on one line, without {}<>');

export const contact = matching(
  visibleLine(120),
  'be 1 to 120 visible characters on one line, without {}<>: an address, a number or a URL',
);

/** Mail programs show images from https only. */
export const logoUrl = parsed('be an https URL without credentials', (text) => {
  const url = parseUrl(text);
  return url?.protocol === 'https:' && !url.username && !url.password ? url.href : undefined;
});

/** #rrggbb, also from #rgb. */
export const color = parsed('be a colour such as #1a56b8', (text) => {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const long = short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : text;
  return /^#[0-9a-f]{6}$/i.test(long) ? long.toLowerCase() : undefined;
});
