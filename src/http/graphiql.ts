import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './errors.ts';
import { cacheable } from './headers.ts';

/** Made by scripts/build-graphiql.mjs. */
const DIRECTORY = new URL('../../assets/graphiql/', import.meta.url);
const FILES: ReadonlyMap<string, string> = new Map([
  ['graphiql.js', 'text/javascript; charset=utf-8'],
  ['graphiql.css', 'text/css; charset=utf-8'],
]);
const CACHED_SECONDS = 300;

/** Nothing from elsewhere, nothing inline, framed by nobody. */
const POLICY = [
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

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Latchkey GraphiQL</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/graphiql/graphiql.css">
<script src="/graphiql/graphiql.js" defer></script>
<div id="graphiql">GraphiQL needs JavaScript.</div>
</html>
`;

/** The files behind the page, from this server alone: it works with no internet. */
export function serveGraphiqlFiles(app: FastifyInstance): void {
  app.get<{ Params: { file: string } }>('/graphiql/:file', async (request, reply) => {
    const type = FILES.get(request.params.file);
    if (!type) return sendProblem(reply, 404);
    return cacheable(reply, CACHED_SECONDS)
      .type(type)
      .send(await readFile(new URL(request.params.file, DIRECTORY)));
  });
}

/** Answers a browser that opens the API's address with the page; false for everyone else. */
export function graphiqlPage(request: FastifyRequest, reply: FastifyReply): boolean {
  if (!prefersPage(request.headers.accept ?? '')) return false;
  reply.header('content-security-policy', POLICY).header('referrer-policy', 'no-referrer');
  reply.header('vary', 'accept').type('text/html; charset=utf-8').send(PAGE);
  return true;
}

/** Browsers name text/html when they open an address, API clients name JSON. */
const prefersPage = (accept: string): boolean => accept.includes('text/html') && !accept.includes('json');
