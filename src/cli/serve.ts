import './engine.ts';

import type { Config } from '../config.ts';
import type { Log } from '../core/log.ts';
import { createLog } from '../infra/log.ts';
import { VERSION } from '../version.ts';
import { type ExitCode, Stop } from './exit.ts';
import { loadConfigOrStop } from './settings.ts';

interface ServeOptions {
  /** How long to wait for the database, in milliseconds. */
  wait: number;
}

export async function runServe({ wait }: ServeOptions): Promise<number> {
  const { config, warnings } = loadConfigOrStop();
  const isAlone = config.workers === 1;
  const log = createLog({ ...config.log, isShared: !isAlone });
  // The next line may take seconds, above all on the first start.
  log.info({ version: VERSION, database: config.database.kind }, 'starting');
  for (const warning of warnings) log.warn({}, warning);
  return isAlone ? serveAlone(config, log, wait) : serveByWorkers(config, log, wait);
}

async function serveAlone(config: Config, log: Log, wait: number): Promise<number> {
  const { openReadyDatabase } = await import('../infra/db/ready-database.ts');
  // Each takes half of the startup time and partly waits for the disk.
  const [database, { serve }] = await Promise.all([openReadyDatabase(config, wait), import('../main.ts')]);
  return serve({ config, log, database });
}

/** This process has neither a database nor the service in its memory. */
async function serveByWorkers(config: Config, log: Log, wait: number): Promise<number> {
  const { runPrimary } = await import('../workers/primary.ts');
  const ended = await runPrimary({ config, log, args: ['worker', '--wait', `${wait}ms`] });
  if (typeof ended === 'number') return ended;
  throw new Stop(ended.failure.exitCode as ExitCode, ended.failure.text); // Of a worker's toExitCode.
}
