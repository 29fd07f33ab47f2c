import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../core/log.ts';

/** Milliseconds. Readiness says no this long before the door closes, so that a balancer that asks can turn away. */
const NOTICE = 300;
/** Milliseconds. Whoever is still being served then is cut off. */
const BOUND = 10_000;
/** Milliseconds between sweeps of connections that nobody is served on. */
const SWEEP = 50;

export type Drain = ReturnType<typeof createDrain>;

interface Options {
  log: Log;
  notice?: number;
  bound?: number;
}

/**
 * The way out after SIGTERM: readiness turns to 503 at once, requests in flight finish, keep-alive connections are
 * closed with the response they are waiting for or when they are idle, and nothing takes longer than the bound.
 */
export function createDrain({ log, notice = NOTICE, bound = BOUND }: Options) {
  let ending: Promise<void> | undefined;
  let inFlight = 0;
  const left = () => {
    inFlight -= 1;
  };

  const end = async (app: FastifyInstance): Promise<void> => {
    log.info({}, 'draining');
    await delay(notice);
    const sweep = setInterval(() => {
      // Node does not count as idle who has connected and said nothing, or half a request: browsers do the one to save
      // time, attackers the other to take it.
      if (inFlight === 0) app.server.closeAllConnections();
      else app.server.closeIdleConnections();
    }, SWEEP);
    const cut = setTimeout(() => {
      log.warn({ bound }, 'cutting off what is still being served');
      app.server.closeAllConnections();
    }, bound);
    try {
      await app.close();
    } finally {
      clearInterval(sweep);
      clearTimeout(cut);
    }
    log.info({}, 'drained');
  };

  return {
    /** Tells it what is being served. Once, before the server listens. */
    watch(server: Server): void {
      server.on('request', (_request, response) => {
        inFlight += 1;
        response.on('close', left);
      });
    },
    /** From here on responses carry `connection: close` and readiness is denied. */
    get begun(): boolean {
      return ending !== undefined;
    },
    /** Resolves when the server is closed. Asking again waits for the same end. */
    run(app: FastifyInstance): Promise<void> {
      ending ??= end(app);
      return ending;
    },
  };
}
