import type { Config } from '../config.ts';
import { openDatabase } from '../infra/db/client.ts';
import { migrate, migratePostgres } from '../infra/db/migrate.ts';
import { printError, printLine } from './exit.ts';
import { loadConfigOrStop } from './settings.ts';

export async function runMigrate(): Promise<void> {
  const { config, warnings } = loadConfigOrStop();
  for (const line of warnings) if (line.startsWith('DATABASE_URL: ')) printError(line);
  const applied = await apply(config.database);
  printLine(applied === 0 ? 'the database is up to date' : `${applied} migration${applied === 1 ? '' : 's'} applied`);
}

async function apply(config: Config['database']): Promise<number> {
  if (config.kind === 'postgres') return migratePostgres(config);
  const { db, close } = await openDatabase(config);
  return migrate(db, config.schema).finally(close);
}
