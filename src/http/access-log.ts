import type { FastifyInstance } from 'fastify';
import type { Log } from '../core/log.ts';
import { peerAddress } from './context.ts';

/**
 * One log line per request. Logs the route and not the URL: URLs contain tokens and text chosen by attackers. Health
 * checks are frequent and therefore logged at debug level.
 */
export function logRequests(app: FastifyInstance, log: Log): void {
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url;
    const fields = {
      requestId: request.id,
      method: request.method,
      route: route ?? null,
      operation: request.operation,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 100) / 100,
      ip: peerAddress(request),
    };
    if (route === '/healthz' || route === '/readyz') log.debug(fields, 'request');
    else log.info(fields, 'request');
    done();
  });
}
