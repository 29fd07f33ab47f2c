import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Product } from '../../messages/product.ts';
import { type Html, html } from './html.ts';
import { accentStyle, STYLE } from './style.ts';
import { SUPPORT } from './words.ts';

export interface Page {
  /** Whose page it is. Undefined for pages of the service itself. */
  product?: Product | undefined;
  locale: Locale;
  title: string;
  /** Inside <main>. */
  content: Html;
  /** For lists of cards. */
  wide?: boolean;
  /** Rules of this page alone. */
  style?: string | undefined;
  /** Seconds after which the browser reloads the page. */
  refresh?: number;
  /** A module script, relative to the page. The page must work without it. */
  script?: string;
}

/** The style sheet with the product's colour and the page's own rules. */
const buildStyle = ({ product, style = '' }: Pick<Page, 'product' | 'style'>): string =>
  STYLE + (product?.color ? accentStyle(product.color) : '') + style;

/** No external files but the logo, no inline scripts, no framing; forms post to this server only. */
const contentSecurityPolicy = ({ product, script, style }: Pick<Page, 'product' | 'script' | 'style'>): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(buildStyle({ product, style })).digest('base64')}'`,
    ...(script === undefined ? [] : ["script-src 'self'"]),
    ...(product?.logoUrl === undefined ? [] : [`img-src ${new URL(product.logoUrl).origin}`]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The token is in the page's URL: it must not be cached or sent as a referrer. */
export const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy({}),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ ...PAGE_HEADERS, 'content-security-policy': contentSecurityPolicy(page) })
    .header('content-language', page.locale)
    .type('text/html; charset=utf-8')
    .send(document(page));
}

function document({ product, locale, title, content, wide, refresh, script, style: ownStyle }: Page): string {
  const refreshTag = refresh === undefined ? html`` : html`<meta http-equiv="refresh" content="${refresh}">`;
  // Not escaped: it must match its hash.
  const style: Html = { markup: `<style>${buildStyle({ product, style: ownStyle })}</style>` };
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${refreshTag}<title>${title}</title>
${style}
${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<main${wide ? html` class="wide"` : ''}>
${product ? brand(product) : ''}${content}
${product ? footer(product, locale) : ''}</main>
</body>
</html>
`.markup;
}

/** The logo, or the name. */
const brand = ({ name, logoUrl }: Product): Html =>
  html`<p class="brand">${logoUrl === undefined ? name : html`<img src="${logoUrl}" alt="${name}">`}</p>
`;

const footer = ({ support }: Product, locale: Locale): Html =>
  support === undefined
    ? html``
    : html`<p class="quiet">${SUPPORT[locale].replaceAll('{support}', () => support)}</p>
`;
