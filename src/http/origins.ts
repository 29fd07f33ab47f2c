import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { isLocalOrigin } from '../core/hosts.ts';

/** What pages of an origin may do. `public`: call the API, but without credentials such as the refresh cookie. */
export type OriginAccess = 'credentials' | 'public' | undefined;

/** The only place that decides which origins may use the service. */
export interface Origins {
  /** @param origin the Origin header */
  findAccess(origin: string): OriginAccess;
  /** Whether a request may use the refresh cookie. Every browser sends the origin of a POST; other clients send none. */
  mayUseCookies(request: Pick<FastifyRequest, 'headers'>): boolean;
}

type Http = Pick<Config['http'], 'publicUrl' | 'allowedOrigins' | 'publicOrigins' | 'loopbackOrigins'>;

export function createOrigins({ publicUrl, allowedOrigins, publicOrigins, loopbackOrigins }: Http): Origins {
  const allowed = createMatcher([...allowedOrigins, new URL(publicUrl).origin]);
  const open = createMatcher(publicOrigins);

  const findAccess = (origin: string): OriginAccess => {
    if (allowed(origin) || (loopbackOrigins && isLocalOrigin(origin))) return 'credentials';
    return open(origin) ? 'public' : undefined;
  };
  return {
    findAccess,
    mayUseCookies: ({ headers }) =>
      headers.origin === undefined
        ? headers['sec-fetch-site'] === undefined
        : findAccess(headers.origin) === 'credentials',
  };
}

/** `https://*.example.com` matches exactly one label: neither example.com nor a.b.example.com. */
export function createMatcher(patterns: readonly string[]): (origin: string) => boolean {
  const exact = new Set(patterns);
  const wildcards = patterns.flatMap((pattern) => {
    const [scheme, rest] = pattern.split('://*.');
    return rest === undefined ? [] : [{ start: `${scheme}://`, end: `.${rest}` }];
  });
  return (origin) =>
    (!origin.includes('*') && exact.has(origin)) ||
    wildcards.some(
      ({ start, end }) =>
        origin.startsWith(start) &&
        origin.endsWith(end) &&
        /^[a-z0-9_-]+$/.test(origin.slice(start.length, origin.length - end.length)),
    );
}
