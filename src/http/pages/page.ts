import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import type { Product } from '../../messages/product.ts';
import type { WebEntry } from '../web/web-files.ts';
import { type Html, html } from './html.ts';
import { accentStyle, STARTING, STYLE, TOKENS } from './style.ts';
import { LATE, NEEDS_JAVASCRIPT, SUPPORT } from './words.ts';

export interface Page {
  /** Whose page it is. Undefined for pages of the service itself. */
  product?: Product | undefined;
  locale: Locale;
  title: string;
  /** Inside <main>. */
  content?: Html;
  /** Scripts that fill the page, with the data that they read. */
  app?: { entry: WebEntry; data: object } | undefined;
  /** For lists of cards. */
  wide?: boolean;
  /** Rules of this page alone. */
  style?: string | undefined;
  /** A module script, relative to the page. The page must work without it. */
  script?: string;
  /** Whether the script reads from this server. */
  reads?: boolean;
}

/** The style sheet with the product's colour and the page's own rules. */
const buildStyle = ({ product, style = '', app }: Pick<Page, 'product' | 'style' | 'app'>): string =>
  (app ? TOKENS + STARTING : STYLE) + (product?.color ? accentStyle(product.color) : '') + style;

/** No external files but the logo, no inline scripts, no framing; forms post to this server only. */
function contentSecurityPolicy({
  product,
  script,
  reads = false,
  style,
  app,
}: Pick<Page, 'product' | 'script' | 'reads' | 'style' | 'app'>) {
  const styleHash = `'sha256-${createHash('sha256').update(buildStyle({ product, style, app })).digest('base64')}'`;
  // QR codes are data: images.
  const images = [...(app ? ['data:'] : []), ...(product?.logoUrl ? [new URL(product.logoUrl).origin] : [])];
  return [
    "default-src 'none'",
    `style-src ${app ? "'self' " : ''}${styleHash}`,
    ...(script === undefined && !app ? [] : ["script-src 'self'"]),
    ...(reads || app ? ["connect-src 'self'"] : []),
    ...(images.length > 0 ? [`img-src ${images.join(' ')}`] : []),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

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

function document(page: Page): string {
  const { locale, title, script, app } = page;
  // Not escaped: it must match its hash.
  const style: Html = { markup: `<style>${buildStyle(page)}</style>` };
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${title}</title>
${style}
${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}${app ? appHead(app) : ''}
</head>
<body>
${app ? appBody(app.data, locale) : mainBody(page)}
</body>
</html>
`.markup;
}

const appHead = ({ entry }: NonNullable<Page['app']>): Html =>
  html`<link rel="icon" href="data:,">
${entry.styles.map((file) => html`<link rel="stylesheet" href="/web/${file}">\n`)}${entry.imports.map((file) => html`<link rel="modulepreload" href="/web/${file}">\n`)}<script type="module" src="/web/${entry.script}"></script>`;

/** Replaced by the scripts. If they do not arrive, the link loads the page again; it needs no script. */
const starting = (locale: Locale): Html => {
  const [text, link] = LATE[locale];
  return html`<main class="starting"><div class="starting-wheel"></div>
<div class="starting-late" role="status"><h1>${text}</h1><a href="">${link}</a></div></main>`;
};

/** JSON in a script element ends at </script>, so it has no <. */
const appBody = (data: object, locale: Locale): Html => html`<div id="root">${starting(locale)}</div>
<noscript><main><p>${NEEDS_JAVASCRIPT[locale]}</p></main></noscript>
${{ markup: `<script type="application/json" id="page-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>` }}`;

const mainBody = ({ product, locale, content, wide }: Page): Html => html`<main${wide ? html` class="wide"` : ''}>
${product ? brand(product) : ''}${content ?? ''}
${product ? footer(product, locale) : ''}</main>`;

/** The logo, or the name. */
const brand = ({ name, logoUrl }: Product): Html =>
  html`<p class="brand">${logoUrl === undefined ? name : html`<img src="${logoUrl}" alt="${name}">`}</p>
`;

const footer = ({ support }: Product, locale: Locale): Html =>
  support === undefined
    ? html``
    : html`<p class="quiet">${SUPPORT[locale].replaceAll('{support}', () => support)}</p>
`;
