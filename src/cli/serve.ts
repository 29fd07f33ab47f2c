import './engine.ts';

import { openReadyDatabase } from '../infra/db/ready-database.ts';
import { createLog } from '../infra/log.ts';
import { VERSION } from '../version.ts';
import { loadConfigOrStop } from './settings.ts';

/** @param wait how long to wait for the database, in milliseconds */
export async function runServe({ wait }: { wait: number }): Promise<number> {
  const { config, warnings } = loadConfigOrStop();
  const log = createLog(config.log);
  // The next line may take seconds, above all on the first start.
  log.info({ version: VERSION, database: config.database.kind }, 'starting');
  for (const warning of warnings) log.warn({}, warning);
  // Each takes half of the startup time and partly waits for the disk.
  const [database, { serve }] = await Promise.all([openReadyDatabase(config, wait), import('../main.ts')]);
  return serve({ config, log, database });
}
