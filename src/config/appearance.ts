import { matching, parsed } from '../core/settings/text.ts';
import { parseUrl } from '../core/settings/urls.ts';

/** Braces are for placeholders. */
export const productName = matching(/^[^\p{Cc}{}<>]{1,60}$/u, 'be 1 to 60 characters on one line, without {}<>');

export const contact = matching(
  /^[^\p{Cc}{}<>]{1,120}$/u,
  'be 1 to 120 characters on one line, without {}<>: an address, a number or a URL',
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
