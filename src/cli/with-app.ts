import { type App, createApp } from '../app.ts';
import { SECOND } from '../core/clock.ts';
import { openReadyDatabase } from '../infra/db/ready-database.ts';
import { createLog } from '../infra/log.ts';
import { settingsOrStop } from './settings.ts';

const PATIENCE = 5 * SECOND;

/** The services without the server: nothing listens, nothing is sent, nothing rotates by itself. */
export async function withServices<T>(work: (services: App['services']) => Promise<T>): Promise<T> {
  const { config } = settingsOrStop();
  const database = await openReadyDatabase(config, PATIENCE);
  const app = await createApp(config, { log: createLog({ level: 'warn' }, process.stderr), database });
  return work(app.services).finally(app.close);
}
