import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { Locale } from '../../core/locale.ts';
import { type Html, html } from './html.ts';
import { STYLE } from './style.ts';

export interface Page {
  locale: Locale;
  title: string;
  /** Inside <main>. */
  content: Html;
  /** For lists instead of a single card. */
  wide?: boolean;
  /** Seconds after which the browser asks again. */
  refresh?: number;
  /** A module of ours, relative to the page; the page must work without it. */
  script?: string;
}

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** No file from elsewhere, nothing inline, no frame around it, and its forms go to this server alone. */
const policyOf = (script: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    ...(script === undefined ? [] : ["script-src 'self'"]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The token stands in the page's address: it must not be stored and not be told to anyone as a referrer. */
export const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': policyOf(undefined),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ ...PAGE_HEADERS, 'content-security-policy': policyOf(page.script) })
    .header('content-language', page.locale)
    .type('text/html; charset=utf-8')
    .send(document(page));
}

function document({ locale, title, content, wide, refresh, script }: Page): string {
  const again = refresh === undefined ? html`` : html`<meta http-equiv="refresh" content="${refresh}">`;
  // The style is ours, and escaped it would no longer match its hash.
  const style: Html = { markup: `<style>${STYLE}</style>` };
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${again}<title>${title}</title>
${style}
${script === undefined ? '' : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<main${wide ? html` class="wide"` : ''}>
${content}
</main>
</body>
</html>
`.markup;
}
