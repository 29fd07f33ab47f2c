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
  /** For lists of cards. */
  wide?: boolean;
  /** Seconds after which the browser reloads the page. */
  refresh?: number;
  /** A module script, relative to the page. The page must work without it. */
  script?: string;
}

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** No external files, no inline scripts, no framing; forms post to this server only. */
const contentSecurityPolicy = (script: string | undefined): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    ...(script === undefined ? [] : ["script-src 'self'"]),
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The token is in the page's URL: it must not be cached or sent as a referrer. */
export const PAGE_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': contentSecurityPolicy(undefined),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  return reply
    .code(status)
    .headers({ ...PAGE_HEADERS, 'content-security-policy': contentSecurityPolicy(page.script) })
    .header('content-language', page.locale)
    .type('text/html; charset=utf-8')
    .send(document(page));
}

function document({ locale, title, content, wide, refresh, script }: Page): string {
  const refreshTag = refresh === undefined ? html`` : html`<meta http-equiv="refresh" content="${refresh}">`;
  // Not escaped: it must match its hash.
  const style: Html = { markup: `<style>${STYLE}</style>` };
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
${content}
</main>
</body>
</html>
`.markup;
}
