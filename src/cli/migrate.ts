import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { openDatabase } from '../infra/db/client.ts';
import { migrate, migratePostgres } from '../infra/db/migrate.ts';
import { dryRun } from '../infra/db/migrations/dry-run.ts';
import { EMPTY_LEDGER, type Ledger, readLedger } from '../infra/db/migrations/ledger.ts';
import { countNewer, type MigrationStatus, migrationStatus } from '../infra/db/migrations/status.ts';
import { EXIT, printError, printLine, Stop } from './exit.ts';
import { loadConfigOrStop } from './settings.ts';

export interface MigrateOptions {
  status?: boolean;
  dryRun?: boolean;
  json?: boolean;
  /** Milliseconds. */
  wait: number;
}

const UP_TO_DATE = 'the database is up to date';

export async function runMigrate({ status, dryRun: isDryRun, json, wait }: MigrateOptions): Promise<void> {
  if (json && !status) throw new Stop(EXIT.usage, '--json needs --status');
  const { config, warnings } = loadConfigOrStop();
  for (const line of warnings) if (line.startsWith('DATABASE_URL: ')) printError(line);
  const { database } = config;
  if (status) return printStatus(await inspect(database), { json: json === true });
  if (isDryRun) return printDryRun(await inspect(database), database.schema);
  const applied = await apply(database, wait);
  printLine(applied === 0 ? UP_TO_DATE : `${applied} migration${applied === 1 ? '' : 's'} applied`);
}

async function apply(config: Config['database'], wait: number): Promise<number> {
  if (config.kind === 'postgres') return migratePostgres(config, { wait, report: printError });
  const { db, close } = await openDatabase(config);
  return migrate(db, config.schema).finally(close);
}

interface Inspected {
  ledger: Ledger;
  /** Whether migrations run in steps: on PostgreSQL, unless it is empty. */
  online: boolean;
}

/** Changes nothing: an embedded database that does not exist is not created. */
async function inspect(config: Config['database']): Promise<Inspected> {
  if (config.kind === 'embedded' && !existsSync(config.directory)) return { ledger: EMPTY_LEDGER, online: false };
  const { db, close } = await openDatabase(config);
  const ledger = await readLedger(db, config.schema).finally(close);
  return { ledger, online: config.kind === 'postgres' && ledger.applied.size > 0 };
}

function printStatus({ ledger, online }: Inspected, { json }: { json: boolean }): void {
  const migrations = migrationStatus(ledger, online);
  const newer = countNewer(ledger);
  if (json) {
    printLine(JSON.stringify({ migrations, newer }));
    return;
  }
  for (const migration of migrations) printMigration(migration);
  if (newer > 0) printLine(`${newer} of a newer version`);
  const pending = migrations.filter(({ state }) => state !== 'applied').length;
  printLine(pending === 0 ? UP_TO_DATE : `${pending} of ${migrations.length} migrations to apply`);
}

function printMigration({ name, state, steps = [] }: MigrationStatus): void {
  printLine(`${state.padEnd(10)}  ${name}`);
  for (const step of steps) printLine(`${''.padEnd(12)}${(step.done ? 'done' : 'to do').padEnd(5)}  ${step.name}`);
}

function printDryRun({ ledger, online }: Inspected, schema: string): void {
  const lines = dryRun(ledger, schema, online);
  for (const line of lines.length > 0 ? lines : [`-- ${UP_TO_DATE}`]) printLine(line);
}
