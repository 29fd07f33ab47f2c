import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The caller's x-request-id if it is safe to log, otherwise a new id. */
export function chooseRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/** How often a header occurs. Node silently keeps the first Host and Authorization; a proxy may have read another. */
export function countHeader({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>, name: string): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const found = rawHeaders[index];
    if (found?.length === name.length && found.toLowerCase() === name) count += 1;
  }
  return count;
}

/** The headers of every response. No caching, because most responses depend on a credential; public routes override it. */
export function baseHeaders({ secure }: Pick<Config['http'], 'secure'>): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(secure && { 'strict-transport-security': `max-age=${ONE_YEAR_SECONDS}` }),
  };
}

/** @param seconds how long the response may be cached */
export const cacheable = (reply: FastifyReply, seconds: number): FastifyReply =>
  reply.header('cache-control', `public, max-age=${seconds}`);
