import type { FastifyInstance } from 'fastify';
import type { Drain } from './drain.ts';
import { statusHeaders } from './errors.ts';

type State = 'UP' | 'DOWN';

/** Whether requests can be served, and what they need for it. */
export interface Readiness {
  status: State;
  database: State;
  store: State;
  /** DOWN when the database is behind this program. */
  migrations: State;
}

interface Parts {
  drain: Drain;
  health(): Promise<Readiness>;
}

/** `/healthz`: the process lives. `/readyz`: it can serve. A supervisor restarts on the first, a balancer asks the second. */
export function serveHealth(app: FastifyInstance, { drain, health }: Parts): void {
  app.get('/healthz', { exposeHeadRoute: true }, async () => ({ status: 'UP' }));

  app.get('/readyz', { exposeHeadRoute: true }, async (_request, reply) => {
    if (drain.begun) return reply.code(503).headers(statusHeaders(503)).send({ status: 'DOWN', draining: true });
    const readiness = await health();
    const status = readiness.status === 'UP' ? 200 : 503;
    return reply.code(status).headers(statusHeaders(status)).send(readiness);
  });
}
