import type { FastifyInstance } from 'fastify';
import { SECOND } from '../core/clock.ts';

/** A request whose response has been sent. */
export interface ServedRequest {
  method: string;
  /** Undefined: none matched. */
  route: string | undefined;
  status: number;
  seconds: number;
  /** The field at the root of its GraphQL operation, or `several`. */
  rootField: string | undefined;
  /** The member of the operation's union that was returned, or the code of the first error. */
  outcome: string | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The field at the root of the GraphQL operation, or `several`. */
    rootField: string | undefined;
  }
}

export type ObserveRequest = (request: ServedRequest) => void;

/** Reports each request after its response. */
export function observeRequests(app: FastifyInstance, observe: ObserveRequest): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method, rootField, outcome } = request;
    const { statusCode: status, elapsedTime } = reply;
    observe({ method, route: request.routeOptions.url, status, seconds: elapsedTime / SECOND, rootField, outcome });
    done();
  });
}
