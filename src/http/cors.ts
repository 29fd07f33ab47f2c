import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Log } from '../core/log.ts';
import type { Origins } from './origins.ts';
import { createRefusedOriginLine } from './refused-origins.ts';

/** Seconds for which browsers may cache a preflight response. */
const PREFLIGHT_MAX_AGE = 600;

/**
 * CORS (Fetch standard, section 3.2): pages of allowed origins may call the service and read its responses. Not @fastify/cors:
 * most requests are from apps and servers, without an origin, and cost it as much as all others.
 * @param log for refused origins
 */
export function allowOrigins(app: FastifyInstance, origins: Origins, log: Log | undefined): void {
  const logRefused = log ? createRefusedOriginLine(log) : () => {};

  app.addHook('onRequest', ({ method, headers }, reply, done) => {
    const { origin } = headers;
    const access = origin === undefined ? undefined : origins.findAccess(origin);
    reply.header('vary', 'Origin');
    if (access) addHeaders(reply, origin, access === 'credentials');
    else if (origin !== undefined) logRefused(origin);
    if (method !== 'OPTIONS') return done();
    if (access) addPreflightHeaders(reply, headers['access-control-request-headers']);
    // Some browsers wait for a body without the length.
    reply.code(204).header('content-length', '0').send();
  });

  // The hook has responded. Without a route, the log would have none.
  app.options('*', (_request, reply) => reply.send());
}

function addHeaders(reply: FastifyReply, origin: string | undefined, withCredentials: boolean): void {
  reply.header('access-control-allow-origin', origin);
  if (withCredentials) reply.header('access-control-allow-credentials', 'true');
  reply.header('access-control-expose-headers', 'x-request-id, retry-after');
}

/** @param requested the headers that the page wants to send: any, because none of them gives rights */
function addPreflightHeaders(reply: FastifyReply, requested: string | undefined): void {
  reply
    .header('vary', 'Origin, Access-Control-Request-Headers')
    .header('access-control-allow-methods', 'GET, POST')
    .header('access-control-max-age', String(PREFLIGHT_MAX_AGE));
  if (requested !== undefined) reply.header('access-control-allow-headers', requested);
}
