import type { FastifyInstance } from 'fastify';
import type { Log } from '../core/log.ts';
import { isHealthCheck } from './health.ts';
import { REVOCATIONS_PATH } from './revocations.ts';
import { readTraceId } from './trace-context.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The member of the operation's union that was returned, or the code of the first error. */
    outcome: string | undefined;
    /** The user of the access token, or of a session that began with the request. */
    userId: string | undefined;
    /** The administrator who acts as the user. */
    actorId: string | undefined;
  }
}

/**
 * One log line per request. Logs the route and not the URL: URLs contain tokens and text chosen by attackers. Health
 * checks and answers of the revocation feed are frequent and therefore logged at debug level.
 */
export function logRequests(app: FastifyInstance, log: Log): void {
  app.decorateRequest('outcome', undefined);
  app.decorateRequest('userId', undefined);
  app.decorateRequest('actorId', undefined);
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url;
    const fields = {
      requestId: request.id,
      method: request.method,
      route: route ?? null,
      operation: request.operation,
      outcome: request.outcome,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 100) / 100,
      ip: request.clientAddress,
      userId: request.userId,
      actorId: request.actorId,
      traceId: request.span?.traceId ?? readTraceId(request.headers),
    };
    const isFrequent = isHealthCheck(route) || (route === REVOCATIONS_PATH && reply.statusCode < 400);
    if (isFrequent) log.debug(fields, 'request');
    else log.info(fields, 'request');
    done();
  });
}
