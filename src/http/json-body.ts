import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes. */
export const BODY_LIMIT = 64 * 1024;

/** RFC 9110 section 8.3.1, with UTF-8 as the only charset (RFC 8259 section 8.1). Anything after it is refused. */
const JSON_IN_UTF8 = /^application\/json[ \t]*(?:;[ \t]*(?:charset[ \t]*=[ \t]*(?:utf-8|"utf-8")[ \t]*)?)*$/i;

/** JSON escapes that may spell what cannot be stored: U+0000 and lone surrogates. */
const SUSPICIOUS_ESCAPE = /\\u(?:0000|d[89a-f])/i;

class Refused extends Error {
  constructor(readonly statusCode: 400 | 415) {
    super('the body is refused');
  }
}

/** The only body this server reads is JSON in UTF-8; pages register what their forms need for themselves. */
export function acceptJsonOnly(app: FastifyInstance): void {
  // Names that would reach a prototype are refused with 400.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (!JSON_IN_UTF8.test(request.headers['content-type'] ?? '')) return done(new Refused(415));
    return parse(request, text, (error: Error | null, body?: unknown) => {
      const refused = error ?? (SUSPICIOUS_ESCAPE.test(text) && holdsUnstorableText(body) ? new Refused(400) : null);
      done(refused, body);
    });
  });
}

/** The same demand on the variables of a GET. What is no JSON at all is left to whoever reads it. */
export function refusesVariables(request: FastifyRequest): boolean {
  const variables = new URLSearchParams(searchOf(request)).get('variables') ?? '';
  if (!SUSPICIOUS_ESCAPE.test(variables)) return false;
  try {
    return holdsUnstorableText(JSON.parse(variables));
  } catch {
    return false;
  }
}

/** The query part of the URL with its question mark, or an empty string. */
export function searchOf(request: FastifyRequest): string {
  const start = request.url.indexOf('?');
  return start < 0 ? '' : request.url.slice(start);
}

/** Without recursion: 64 KiB of brackets are deeper than the stack. */
function holdsUnstorableText(body: unknown): boolean {
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
