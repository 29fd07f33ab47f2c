import type { Server } from 'node:http';
import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { monotonic, SECOND } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

/**
 * Shutdown after SIGTERM. Readiness turns to 503 at once, requests in flight finish, and keep-alive connections are closed
 * with their response or when they are idle.
 */
export interface Drain {
  /** Counts the requests in flight. Call it once, before the server listens. */
  watch(server: Server): void;
  /** Whether shutdown has begun: responses then carry `connection: close`, and readiness is 503. */
  readonly begun: boolean;
  /** Aborts when shutdown begins. For requests that wait for something to happen. */
  readonly signal: AbortSignal;
  /** Resolves when the server is closed, at most `notice` and `bound` later. Another call waits for the same shutdown. */
  run(app: FastifyInstance): Promise<void>;
}

interface Options {
  log: Log;
  /** Milliseconds between the first 503 of readiness and the close, in which load balancers stop sending requests. */
  notice: number;
  /** Milliseconds. */
  bound?: number;
  /** Milliseconds without a new connection before the port is closed, if another process accepts and passes them on. */
  gap?: number;
}

/** Milliseconds until requests still in flight are cut off. */
const BOUND = 10_000;
/** Milliseconds between sweeps of idle connections. */
const SWEEP = 50;
/** Milliseconds in which a request may still arrive on a connection that was accepted last. */
const FIRST_BYTES = 500;
/** Milliseconds. During a longer turn of the event loop, connections may have arrived that are not accepted yet. */
const SHORT_TURN = 2;
/** Milliseconds after which the port is closed even if connections still wait to be accepted. */
const ACCEPTING = SECOND;

export function createDrain({ log, notice, bound = BOUND, gap = 0 }: Options): Drain {
  let ending: Promise<void> | undefined;
  let inFlight = 0;
  let accepted = 0;
  const beginning = new AbortController();

  /**
   * Resolves after a short turn of the event loop without a new connection: Node.js accepts one per turn. When a port is closed,
   * the kernel resets those that wait, and a proxy does not repeat a POST that it has sent on one.
   */
  async function untilAccepted(): Promise<void> {
    const last = monotonic() + ACCEPTING;
    for (let newest = 0; monotonic() < last; ) {
      const [before, began] = [accepted, monotonic()];
      await setImmediate();
      const now = monotonic();
      if (accepted !== before) newest = now;
      else if (now - newest >= gap && now - began <= SHORT_TURN) return;
    }
  }

  async function end(app: FastifyInstance): Promise<void> {
    log.info({}, 'draining');
    beginning.abort();
    await delay(notice);
    await untilAccepted();
    app.server.close();
    const closedAt = monotonic();
    const sweep = setInterval(() => {
      // Node does not count a connection without a complete request as idle. Browsers open such connections to save
      // time, attackers to keep us waiting.
      if (inFlight === 0 && monotonic() > closedAt + FIRST_BYTES) app.server.closeAllConnections();
      else app.server.closeIdleConnections();
    }, SWEEP);
    const cut = setTimeout(() => {
      log.warn({ bound }, 'closing connections with requests still in flight');
      app.server.closeAllConnections();
    }, bound);
    try {
      await app.close();
    } finally {
      clearInterval(sweep);
      clearTimeout(cut);
    }
    log.info({}, 'drained');
  }

  return {
    watch(server) {
      server.on('connection', () => {
        accepted += 1;
      });
      server.on('request', (_request, response) => {
        inFlight += 1;
        response.on('close', () => {
          inFlight -= 1;
        });
      });
    },
    get begun() {
      return ending !== undefined;
    },
    signal: beginning.signal,
    run(app) {
      ending ??= end(app);
      return ending;
    },
  };
}
