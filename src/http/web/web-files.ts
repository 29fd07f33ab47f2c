import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../errors.ts';

/** Built by scripts/build/web.mjs. */
const DIRECTORY = new URL('../../../assets/web/', import.meta.url);

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

interface WebFile {
  type: string;
  plain: Buffer;
  /** Compressed at build time. */
  brotli: Buffer;
}

interface Contents {
  entries: Index['entries'];
  files: ReadonlyMap<string, WebFile>;
}

/** Scripts and styles of the account pages and the console. Their names change with their content. */
export interface WebFiles {
  findEntry(name: WebEntryName): WebEntry;
  /** Serves the files below /web/. */
  serve(app: FastifyInstance): void;
}

/**
 * Reads all files at the first request: a server without these pages does not need them. From then on pages and files match,
 * even while an upgrade replaces the files on the disk.
 */
export function createWebFiles(directory: URL = DIRECTORY): WebFiles {
  let contents: Contents | undefined;
  const read = (): Contents => {
    contents ??= readContents(directory);
    return contents;
  };
  return {
    findEntry: (name) => read().entries[name],
    serve(app) {
      app.get<{ Params: { file: string } }>('/web/:file', { exposeHeadRoute: true }, async (request, reply) => {
        const file = read().files.get(request.params.file);
        // Another replica may have the file, or have it soon.
        if (!file) return sendProblem(reply.header('cache-control', 'no-store'), 404);
        const acceptsBrotli = accepts('br', request.headers['accept-encoding']);
        if (acceptsBrotli) reply.header('content-encoding', 'br');
        return reply
          .header('cache-control', 'public, max-age=31536000, immutable')
          .header('vary', 'accept-encoding')
          .type(file.type)
          .send(acceptsBrotli ? file.brotli : file.plain);
      });
    },
  };
}

function readContents(directory: URL): Contents {
  const index = new URL('index.json', directory);
  if (!existsSync(index)) throw new Error('the pages are not built: run `npm run build`');
  const { entries, files } = JSON.parse(readFileSync(index, 'utf8')) as Index; // scripts/build/web.mjs writes this shape.
  const readOne = (name: string): WebFile => ({
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    plain: readFileSync(new URL(name, directory)),
    brotli: readFileSync(new URL(`${name}.br`, directory)),
  });
  return { entries, files: new Map(files.map((name) => [name, readOne(name)])) };
}

/** Whether the header names the encoding with a weight above 0 (RFC 9110 section 12.5.3). */
const accepts = (encoding: string, header: string | string[] = ''): boolean =>
  String(header)
    .toLowerCase()
    .split(',')
    .map((entry) => entry.split(';').map((part) => part.trim()))
    .some(([name, weight = 'q=1']) => name === encoding && Number(weight.replace(/^q=/, '')) > 0);
