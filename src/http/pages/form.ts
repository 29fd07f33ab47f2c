import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes. A form of ours carries one token. */
const FORM_LIMIT = 4096;

/**
 * The forms of our pages and nothing else; registered in the page's own scope, so that no other route reads them.
 * @param bodyLimit bytes
 */
export function acceptFormsOnly(scope: FastifyInstance, bodyLimit = FORM_LIMIT): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser<string>(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit },
    (_request, text, done) => done(null, new URLSearchParams(text)),
  );
}

/** The value of a field that is given exactly once. */
export function fieldOf(request: FastifyRequest, name: string): string | undefined {
  const values = request.body instanceof URLSearchParams ? request.body.getAll(name) : [];
  return values.length === 1 ? values[0] : undefined;
}

/**
 * Whether the browser says that another site's page sent the form. What says nothing is no browser, or an old one:
 * under our referrer policy those send `Origin: null`, and whoever holds the token needs no trick to post it.
 */
export function isForeign({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  return origin !== undefined && origin !== 'null' && origin !== new URL(publicUrl).origin;
}
