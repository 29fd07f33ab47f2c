import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Bytes: enough for one token. */
const FORM_LIMIT = 4096;

/**
 * Accepts form posts and nothing else. Registered in the page's scope: no other route accepts them.
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

/** The value of a field that occurs exactly once. */
export function readField(request: FastifyRequest, name: string): string | undefined {
  const values = request.body instanceof URLSearchParams ? request.body.getAll(name) : [];
  return values.length === 1 ? values[0] : undefined;
}

/**
 * Whether another site's page sent the form (CSRF). Requests without these headers are accepted: old browsers send
 * `Origin: null` under our referrer policy, and an attacker who has the token needs no CSRF.
 */
export function isCrossSite({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  return origin !== undefined && origin !== 'null' && origin !== new URL(publicUrl).origin;
}
