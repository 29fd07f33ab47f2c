import { parse, serialize } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Origins } from './origins.ts';

/** The cookie that carries a browser's refresh token. */
export interface RefreshCookie {
  /** The token; undefined if there is none, if the request is not a POST, or if its origin may not use the cookie. */
  read(request: FastifyRequest): string | undefined;
  /** Sets the cookie on the response; undefined removes it. */
  write(reply: FastifyReply, cookie: { token: string; expiresAt: Date } | undefined): void;
}

export function createRefreshCookie({ secure }: Pick<Config['http'], 'secure'>, origins: Origins): RefreshCookie {
  // `__Host-` (RFC 6265bis section 4.1.3.2): only this host can set it, so a sibling domain cannot plant one. Plain HTTP
  // cannot have it.
  const name = secure ? '__Host-refresh' : 'refresh';
  const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;

  return {
    read(request) {
      const header = request.headers.cookie;
      if (header === undefined || request.method !== 'POST' || !origins.mayUseCookies(request)) return undefined;
      // Not decoded: the token needs no escapes, and has one spelling.
      return parse(header, { decode: (text) => text })[name] || undefined;
    },

    write(reply, cookie) {
      const text = cookie
        ? serialize(name, cookie.token, { ...attributes, expires: cookie.expiresAt })
        : serialize(name, '', { ...attributes, maxAge: 0 });
      reply.removeHeader('set-cookie').header('set-cookie', text);
    },
  };
}
