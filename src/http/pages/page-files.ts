import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../errors.ts';
import { cacheable } from '../headers.ts';

/** Made by scripts/build-pages.mjs. */
const DIRECTORY = new URL('../../../assets/pages/', import.meta.url);
const FILES: ReadonlySet<string> = new Set(['strength.js', 'estimate.js']);
const CACHED_SECONDS = 300;

/** The scripts of our pages, which work without them. */
export function servePageFiles(app: FastifyInstance): void {
  app.get<{ Params: { file: string } }>('/pages/:file', async (request, reply) => {
    const { file } = request.params;
    if (!FILES.has(file)) return sendProblem(reply, 404);
    // The lists of words in one of them are large: packed once, when they are made, and not on every request.
    const packed = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
    if (packed) reply.header('content-encoding', 'br');
    return cacheable(reply, CACHED_SECONDS)
      .header('vary', 'accept-encoding')
      .header('x-content-type-options', 'nosniff')
      .type('text/javascript; charset=utf-8')
      .send(await readFile(new URL(packed ? `${file}.br` : file, DIRECTORY)));
  });
}
