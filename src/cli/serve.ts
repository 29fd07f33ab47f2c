import './engine.ts';

import { openReadyDatabase } from '../infra/db/ready-database.ts';
import { createLog } from '../infra/log.ts';
import { settingsOrStop } from './settings.ts';

/** @param wait milliseconds for a database that does not answer yet */
export async function runServe({ wait }: { wait: number }): Promise<number> {
  const { config, warnings } = settingsOrStop();
  const log = createLog(config.log);
  for (const warning of warnings) log.warn({}, warning);
  // Each takes half of a start, and waits for the disk now and then.
  const [database, { serve }] = await Promise.all([openReadyDatabase(config, wait), import('../main.ts')]);
  return serve({ config, log, database });
}
