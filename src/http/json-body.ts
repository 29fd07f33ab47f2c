import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes. */
export const BODY_LIMIT = 64 * 1024;

/** RFC 9110 section 8.3.1, with UTF-8 as the only charset (RFC 8259 section 8.1) and no other parameters. */
const JSON_IN_UTF8 = /^application\/json[ \t]*(?:;[ \t]*(?:charset[ \t]*=[ \t]*(?:utf-8|"utf-8")[ \t]*)?)*$/i;

/** JSON escapes of text that PostgreSQL cannot store: U+0000 and lone surrogates. */
const SUSPICIOUS_ESCAPE = /\\u(?:0000|d[89a-f])/i;

class BodyRejected extends Error {
  constructor(readonly statusCode: 400 | 415) {
    super('the body was rejected');
  }
}

/** Accepts only JSON in UTF-8. Pages accept forms in their own scope. */
export function acceptJsonOnly(app: FastifyInstance): void {
  // A key such as __proto__ is rejected with 400.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (!JSON_IN_UTF8.test(request.headers['content-type'] ?? '')) return done(new BodyRejected(415));
    return parse(request, text, (error: Error | null, body?: unknown) => {
      const rejection =
        error ?? (SUSPICIOUS_ESCAPE.test(text) && hasUnstorableText(body) ? new BodyRejected(400) : null);
      done(rejection, body);
    });
  });
}

/** The same check for the variables of a GET. Invalid JSON is left to the parser. */
export function hasUnstorableVariables(request: FastifyRequest): boolean {
  const variables = new URLSearchParams(queryString(request)).get('variables') ?? '';
  if (!SUSPICIOUS_ESCAPE.test(variables)) return false;
  try {
    return hasUnstorableText(JSON.parse(variables));
  } catch {
    return false;
  }
}

/** The query string with its question mark, or an empty string. */
export function queryString(request: FastifyRequest): string {
  const start = request.url.indexOf('?');
  return start < 0 ? '' : request.url.slice(start);
}

/** Not recursive: 64 KiB of nested brackets would overflow the stack. */
function hasUnstorableText(body: unknown): boolean {
  const rest: unknown[] = [body];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' && (value.includes('\0') || !isWellFormed(value))) return true;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, member] of Object.entries(value)) rest.push(key, member);
  }
  return false;
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const isWellFormed = (text: string): boolean => !LONE_SURROGATE.test(text);
