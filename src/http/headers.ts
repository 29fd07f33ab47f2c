import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,128}$/;
const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** The caller's x-request-id when it can stand in a log line as it is, else one of our own. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * What stands on every response. Nothing here may be stored, because almost everything carries or depends on a
 * credential; the few public routes say otherwise themselves.
 */
export function standingHeaders({ secure }: Pick<Config['http'], 'secure'>): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(secure && { 'strict-transport-security': `max-age=${ONE_YEAR_SECONDS}` }),
  };
}

/** @param seconds how long anyone may keep the response */
export const cacheable = (reply: FastifyReply, seconds: number): FastifyReply =>
  reply.header('cache-control', `public, max-age=${seconds}`);
