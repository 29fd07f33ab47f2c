import type { FastifyInstance } from 'fastify';
import type { Drain } from './drain.ts';
import { statusHeaders } from './errors.ts';

const [LIVENESS, READINESS] = ['/healthz', '/readyz'];

/** Whether requests of this route are health checks, which supervisors and load balancers send every few seconds. */
export const isHealthCheck = (route: string | undefined): boolean => route === LIVENESS || route === READINESS;

type State = 'UP' | 'DOWN';

/** Whether the service and its dependencies can serve requests. */
export interface Readiness {
  status: State;
  database: State;
  /** DOWN if the database is read-only or a standby. */
  writes: State;
  /** DOWN while the database has no space for writes. */
  disk: State;
  store: State;
  /** DOWN if migrations are missing. */
  migrations: State;
}

interface Dependencies {
  drain: Drain;
  health(): Promise<Readiness>;
}

/** `/healthz` is for the supervisor: the process lives. `/readyz` is for the load balancer: it can serve requests. */
export function serveHealth(app: FastifyInstance, { drain, health }: Dependencies): void {
  app.get(LIVENESS, { exposeHeadRoute: true }, async () => ({ status: 'UP' }));

  app.get(READINESS, { exposeHeadRoute: true }, async (_request, reply) => {
    if (drain.begun) return reply.code(503).headers(statusHeaders(503)).send({ status: 'DOWN', draining: true });
    const readiness = await health();
    const status = readiness.status === 'UP' ? 200 : 503;
    return reply.code(status).headers(statusHeaders(status)).send(readiness);
  });
}
