import type { FastifyInstance } from 'fastify';
import type { Log } from '../core/log.ts';
import { peerAddress } from './context.ts';

/**
 * One line for each request, when it is answered. The route and not the URL: URLs carry tokens and whatever a stranger
 * likes to write there. Health checks are told apart by level, because they come every second.
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
