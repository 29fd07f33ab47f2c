import type { FastifyInstance } from 'fastify';
import { createHttp } from './app/http.ts';
import { type Infrastructure, type Overrides, openInfrastructure } from './app/infrastructure.ts';
import { createServices, type Services } from './app/services.ts';
import { readState } from './app/state-readings.ts';
import type { Config, TracesConfig } from './config.ts';
import { after } from './core/clock.ts';
import { type Log, quietly } from './core/log.ts';
import type { Tracer } from './core/tracer.ts';
import { loadDictionaries } from './features/credentials/password-dictionaries.ts';
import { startHousekeeping } from './features/housekeeping/housekeeping.service.ts';
import { NOTICE_TTL } from './features/notices/notice-links.ts';
import { createDrain, type Drain } from './http/drain.ts';
import { type MetricsServer, serveMetrics } from './http/metrics-server.ts';
import { openPrometheus, type PrometheusMetrics } from './infra/metrics/prometheus.ts';
import { pruneRateLimits } from './infra/store/prune-rate-limits.ts';
import { VERSION } from './version.ts';

// The composition root: only this file and app/ know all parts of the service.

/** Milliseconds in which the primary process passes a connection to a worker. */
const HANDOVER = 5;

export interface App {
  services: Services;
  http: FastifyInstance;
  drain: Drain;
  /** Undefined before the start, without METRICS_PORT, and in one of several workers. */
  readonly metricsServer: MetricsServer | undefined;
  /** Opens the metrics port or shares the metrics, and loads what requests need and keeps it up to date. */
  prepare(): Promise<void>;
  /** Starts the work that one process of a server does for all: message delivery, webhooks and housekeeping. */
  startBackground(): void;
  /** Deletes expired rows now. Housekeeping does it every few minutes. */
  prune(): Promise<void>;
  /** Called after the drain. Finishes running work, then closes the connections. */
  close(): Promise<void>;
}

/** Opens the configured infrastructure and builds the service. It does not listen yet. */
export async function createApp(config: Config, overrides: Overrides): Promise<App> {
  const metrics = config.metrics && (await openPrometheus());
  const tracer = config.traces && (await openConfiguredTracer(config.traces, overrides.log));
  const infra = await openInfrastructure(config, { ...overrides, metrics, tracer });
  try {
    return await assemble(infra, metrics, overrides.shareMetrics);
  } catch (error) {
    await infra.close();
    throw error;
  }
}

/** Loads OpenTelemetry, which takes tens of milliseconds. */
async function openConfiguredTracer(config: TracesConfig, log: Log): Promise<Tracer> {
  const { openTracer } = await import('./infra/traces/open-telemetry.ts');
  return openTracer({ config, version: VERSION, log });
}

async function assemble(
  infra: Infrastructure,
  metrics: PrometheusMetrics | undefined,
  shareMetrics: Overrides['shareMetrics'],
): Promise<App> {
  const services = createServices(infra);
  // With several workers, only the primary process logs the drain.
  const drain = createDrain({
    log: infra.queuePeers ? quietly(infra.log) : infra.log,
    notice: infra.config.http.drainDelay,
    gap: infra.queuePeers ? HANDOVER : 0,
  });
  const http = await createHttp(infra, services, drain);
  const { audit, keys, outbox, webhooks } = services;
  const sweeps = listSweeps(infra, services);
  if (metrics) readState(metrics, infra, services, Object.keys(sweeps));
  let housekeeping: ReturnType<typeof startHousekeeping> | undefined;
  let metricsServer: MetricsServer | undefined;

  return {
    services,
    http,
    drain,
    get metricsServer() {
      return metricsServer;
    },
    async prepare() {
      if (metrics && shareMetrics) shareMetrics(metrics);
      else if (metrics && infra.config.metrics)
        metricsServer = await serveMetrics({ ...infra.config.metrics, scrape: metrics.scrape });
      loadDictionaries();
      await keys.start();
    },
    startBackground() {
      if (housekeeping) return;
      outbox.start();
      webhooks.start();
      housekeeping = startHousekeeping(sweeps, { log: infra.log, onSweep: infra.observers.onSweep });
    },
    async prune() {
      await housekeeping?.run();
    },
    async close() {
      await http.close();
      await Promise.all([housekeeping?.close(), outbox.close(), webhooks.close(), keys.close()]);
      await audit.close();
      await metricsServer?.close();
      await infra.close();
      await infra.tracer?.close();
    },
  };
}

const listSweeps = (
  { db, clock }: Infrastructure,
  { audit, challenges, factors, totp, outbox, sessions, webhooks }: Services,
) => ({
  audit: audit.prune,
  challenges: challenges.prune,
  factors: (limit: number) => factors.prune(db, after(clock.now(), -NOTICE_TTL), limit),
  totpSecrets: (limit: number) => totp.reseal(db, limit),
  outbox: outbox.prune,
  expiredMail: outbox.forgetExpired,
  webhooks: webhooks.prune,
  unlistedWebhooks: webhooks.giveUpUnlisted,
  sessions: sessions.prune,
  rateLimits: (limit: number) => pruneRateLimits(db, clock.now(), limit),
  revocations: sessions.pruneRevocations,
});
