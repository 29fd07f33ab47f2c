import cluster from 'node:cluster';
import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import { createHashScheduler, listHashLimits } from '../features/credentials/hash-scheduler.ts';
import { describeMetrics } from '../http/metrics-server.ts';
import { waitForStop } from '../http/stop.ts';
import { createCrew } from './crew.ts';
import { openCrewMetrics } from './crew-metrics.ts';
import type { Started } from './topics.ts';

interface Options {
  config: Config;
  log: Log;
  /** The arguments with which the program is a worker. */
  args: string[];
}

type StartFailure = Extract<Started, { failure: unknown }>;

/**
 * Runs a server of several workers until SIGTERM or SIGINT. This process passes the connections to them, has the hash
 * scheduler, and serves the metrics of all, but no requests. The first worker starts alone, so that a port in use or a
 * database that does not respond is reported once.
 * @returns the exit code, or why the first worker did not start
 * @throws MetricsPortUnusable
 */
export async function runPrimary({ config, log, args }: Options): Promise<number | StartFailure> {
  cluster.setupPrimary({ args });
  const metrics = config.metrics && (await openCrewMetrics(config.metrics));
  const crew = createCrew({ scheduler: createHashScheduler(listHashLimits(config)), metrics, log });
  const first = crew.launch();
  const started = await first.started;
  if ('failure' in started) return started;
  log.info({ ...started.server, ...describeMetrics(metrics?.server), workers: config.workers }, 'serving');
  crew.keep(first);
  for (let count = 1; count < config.workers; count++) crew.keep(crew.launch());

  const code = await waitForStop(log);
  log.info({}, 'draining');
  await crew.stop();
  await metrics?.close();
  log.info({}, 'drained');
  return code;
}
