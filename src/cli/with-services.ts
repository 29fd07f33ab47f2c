import { openInfrastructure } from '../app/infrastructure.ts';
import { createServices, type Services } from '../app/services.ts';
import { SECOND } from '../core/clock.ts';
import { openReadyDatabase } from '../infra/db/ready-database.ts';
import { createLog } from '../infra/log.ts';
import { loadConfigOrStop } from './settings.ts';

const DATABASE_WAIT = 5 * SECOND;

/**
 * The services without the server: it does not listen, deliver messages or rotate keys. Loading the server's modules
 * and building its schema would take longer than most commands.
 */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const { config } = loadConfigOrStop();
  const database = await openReadyDatabase(config, DATABASE_WAIT);
  const infra = await openInfrastructure(config, { log: createLog({ level: 'warn' }, process.stderr), database });
  try {
    return await work(createServices(infra));
  } finally {
    await infra.close();
  }
}
