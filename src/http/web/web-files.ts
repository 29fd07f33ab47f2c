import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../errors.ts';

/** Built by scripts/build/web.mjs. */
const DIRECTORY = new URL('../../../assets/web/', import.meta.url);
const INDEX = new URL('index.json', DIRECTORY);

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Names of files below /web/. */
export interface WebEntry {
  script: string;
  /** Scripts that the first one imports. */
  imports: readonly string[];
  styles: readonly string[];
}

export type WebEntryName = 'account' | 'console';

interface Index {
  entries: Record<WebEntryName, WebEntry>;
  files: readonly string[];
}

let index: Index | undefined;
/** Read once, at the first request: a server without these pages does not need the files. */
function readIndex(): Index {
  if (!existsSync(INDEX)) throw new Error('the pages are not built: run `npm run build`');
  index ??= JSON.parse(readFileSync(INDEX, 'utf8')) as Index; // scripts/build/web.mjs writes this shape.
  return index;
}

export const findWebEntry = (name: WebEntryName): WebEntry => readIndex().entries[name];

/** Serves scripts and styles of the account pages and the console. Their names change with their content. */
export function serveWebFiles(app: FastifyInstance): void {
  app.get<{ Params: { file: string } }>('/web/:file', { exposeHeadRoute: true }, async (request, reply) => {
    const { file } = request.params;
    if (!readIndex().files.includes(file)) return sendProblem(reply, 404);
    // Compressed at build time.
    const acceptsBrotli = accepts('br', request.headers['accept-encoding']);
    if (acceptsBrotli) reply.header('content-encoding', 'br');
    return reply
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .type(TYPES[extname(file)] ?? 'application/octet-stream')
      .send(await readFile(new URL(acceptsBrotli ? `${file}.br` : file, DIRECTORY)));
  });
}

/** Whether the header names the encoding with a weight above 0 (RFC 9110 section 12.5.3). */
const accepts = (encoding: string, header: string | string[] = ''): boolean =>
  String(header)
    .toLowerCase()
    .split(',')
    .map((entry) => entry.split(';').map((part) => part.trim()))
    .some(([name, weight = 'q=1']) => name === encoding && Number(weight.replace(/^q=/, '')) > 0);
