import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../errors.ts';
import { cacheable } from '../headers.ts';

/** Built by scripts/build/pages.mjs. */
const DIRECTORY = new URL('../../../assets/pages/', import.meta.url);
const FILES: ReadonlySet<string> = new Set(['strength.js', 'estimate.js', 'outbox.js']);
const MAX_AGE_SECONDS = 300;

/** Serves the scripts of the built-in pages. The pages work without them. */
export function servePageFiles(app: FastifyInstance): void {
  app.get<{ Params: { file: string } }>('/pages/:file', { exposeHeadRoute: true }, async (request, reply) => {
    const { file } = request.params;
    if (!FILES.has(file)) return sendProblem(reply, 404);
    // Compressed at build time: the word lists in estimate.js are large.
    const acceptsBrotli = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (acceptsBrotli) reply.header('content-encoding', 'br');
    return cacheable(reply, MAX_AGE_SECONDS)
      .header('vary', 'accept-encoding')
      .header('x-content-type-options', 'nosniff')
      .type('text/javascript; charset=utf-8')
      .send(await readFile(new URL(acceptsBrotli ? `${file}.br` : file, DIRECTORY)));
  });
}
