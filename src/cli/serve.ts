import './heap.ts';

import { createLog } from '../infra/log.ts';
import { serve } from '../main.ts';
import { settingsOrStop } from './settings.ts';

/** @param wait milliseconds */
export async function runServe({ wait }: { wait: number }): Promise<number> {
  const { config, warnings } = settingsOrStop();
  return serve({ config, warnings, log: createLog(config.log), patience: wait });
}
