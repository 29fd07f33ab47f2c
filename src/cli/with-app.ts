import { openInfrastructure } from '../app/infrastructure.ts';
import { createServices, type Services } from '../app/services.ts';
import { SECOND } from '../core/clock.ts';
import { openReadyDatabase } from '../infra/db/ready-database.ts';
import { createLog } from '../infra/log.ts';
import { settingsOrStop } from './settings.ts';

const PATIENCE = 5 * SECOND;

/**
 * The services without the server: nothing listens, nothing is sent, nothing rotates by itself. To load the server's
 * modules and to build its schema would take longer than most commands do.
 */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const { config } = settingsOrStop();
  const database = await openReadyDatabase(config, PATIENCE);
  const infra = await openInfrastructure(config, { log: createLog({ level: 'warn' }, process.stderr), database });
  try {
    return await work(createServices(infra));
  } finally {
    await infra.close();
  }
}
