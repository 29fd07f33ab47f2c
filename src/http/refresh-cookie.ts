import { parse, serialize } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

export type RefreshCookie = ReturnType<typeof createRefreshCookie>;

/**
 * The cookie that carries a refresh token for browsers. `__Host-` (RFC 6265bis section 4.1.3.2) means: set over https
 * by this host alone, for this host alone, so that a sibling domain cannot plant one; plain http cannot have it.
 */
export function createRefreshCookie({ secure, publicUrl, allowedOrigins }: Config['http']) {
  const name = secure ? '__Host-refresh' : 'refresh';
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  const origins = new Set([...allowedOrigins, new URL(publicUrl).origin]);

  /** The allow-list, or a client that is no browser: every browser says where a POST comes from. */
  const mayUse = ({ headers }: FastifyRequest): boolean =>
    headers.origin === undefined ? headers['sec-fetch-site'] === undefined : origins.has(headers.origin);

  return {
    /** The token; undefined when there is none, on anything but a POST, and when its origin may not use the cookie. */
    read(request: FastifyRequest): string | undefined {
      const header = request.headers.cookie;
      if (header === undefined || request.method !== 'POST' || !mayUse(request)) return undefined;
      return parse(header)[name] || undefined;
    },

    /** Sets the cookie on the response; removes it when there is no token. */
    write(reply: FastifyReply, cookie: { token: string; expiresAt: Date } | undefined): void {
      const text = cookie
        ? serialize(name, cookie.token, { ...attributes, expires: cookie.expiresAt })
        : serialize(name, '', { ...attributes, maxAge: 0 });
      reply.removeHeader('set-cookie').header('set-cookie', text);
    },
  };
}
