import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './errors.ts';
import { cacheable } from './headers.ts';
import { listOffers, type OfferName } from './offers.ts';
import { html } from './pages/html.ts';

/** Built by scripts/build/graphiql.mjs. */
const DIRECTORY = new URL('../../assets/graphiql/', import.meta.url);
const FILES: ReadonlyMap<string, string> = new Map([
  ['graphiql.js', 'text/javascript; charset=utf-8'],
  ['graphiql.css', 'text/css; charset=utf-8'],
]);
const MAX_AGE_SECONDS = 300;

/** No external resources, no inline scripts, no framing. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Where else to look. */
const LINKS: readonly (readonly [OfferName, string])[] = [
  ['outbox', 'Outbox'],
  ['docs', 'Documentation'],
  ['schema', 'Schema'],
  ['account', 'Account pages'],
  ['console', 'Console'],
];

function page(app: FastifyInstance, prefix: string): string {
  const offers = listOffers(app);
  const links = LINKS.flatMap(([name, label]) => (offers[name] ? [{ label, path: offers[name] }] : []));
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latchkey GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<script src="/graphiql/graphiql.js" defer></script>
<header id="bar" data-links="${JSON.stringify(links)}" data-prefix="${prefix}"></header>
<div id="graphiql">GraphiQL needs JavaScript.</div>
</html>
`.markup;
}

/** Serves all files of the page, so that it works without internet access. */
export function serveGraphiqlFiles(app: FastifyInstance): void {
  app.get<{ Params: { file: string } }>('/graphiql/:file', async (request, reply) => {
    const type = FILES.get(request.params.file);
    if (!type) return sendProblem(reply, 404);
    return cacheable(reply, MAX_AGE_SECONDS)
      .type(type)
      .send(await readFile(new URL(request.params.file, DIRECTORY)));
  });
}

/**
 * Sends the page if a browser opens the URL; otherwise returns false.
 * @param prefix of types and operations in the served schema
 */
export const createGraphiqlPage =
  (prefix: string) =>
  (request: FastifyRequest, reply: FastifyReply): boolean => {
    if (!prefersHtml(request.headers.accept ?? '')) return false;
    reply.header('content-security-policy', CONTENT_SECURITY_POLICY).header('referrer-policy', 'no-referrer');
    reply.header('vary', 'accept').type('text/html; charset=utf-8').send(page(request.server, prefix));
    return true;
  };

/** Browsers accept text/html, API clients accept JSON. */
const prefersHtml = (accept: string): boolean => accept.includes('text/html') && !accept.includes('json');
