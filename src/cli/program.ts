import { Command, InvalidArgumentError, Option } from 'commander';
import { federationPrefix } from '../config/federation.ts';
import { HOUR, MINUTE, SECOND } from '../core/clock.ts';
import { parseDuration } from '../core/durations.ts';
import { VERSION } from '../version.ts';
import { addDeliveries } from './deliveries-options.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import type { HealthOptions } from './health.ts';
import type { MigrateOptions } from './migrate.ts';
import { addSessions } from './sessions.ts';
import { addUsers } from './users.ts';

// Each command's modules are loaded only when it runs, to keep --help fast.

/** @param setExitCode called if a command ends with its own exit code */
export function createProgram(setExitCode: (code: number) => void): Command {
  const program = new Command('latchkey')
    .description('A self-hosted GraphQL authentication service. Settings are environment variables: see .env.example.')
    .version(VERSION)
    .addHelpText('afterAll', EXIT_CODES_HELP)
    .showHelpAfterError('(see latchkey --help for commands, latchkey <command> --help for options)')
    .exitOverride();

  program
    .command('serve')
    .description('run the service until SIGTERM, then finish pending requests')
    .addOption(
      new Option('--wait <duration>', 'how long to wait for the database at startup')
        .argParser(asDuration)
        .default(30 * SECOND, '30s'),
    )
    .addHelpText('after', SERVE_HELP)
    .action(async (options: { wait: number }) => setExitCode(await (await import('./serve.ts')).runServe(options)));

  program
    .command('worker', { hidden: true })
    .addOption(new Option('--wait <duration>').argParser(asDuration).default(0))
    .action(async (options: { wait: number }) => setExitCode(await (await import('./worker.ts')).runWorker(options)));

  program
    .command('health')
    .description('ask the service on this machine whether it is ready; needs no settings but HOST and PORT')
    .option('--live', 'ask only whether it is running, even if the database is not')
    .addOption(
      new Option('--timeout <duration>', 'how long to wait for the answer (default: 3s)').argParser(asDuration),
    )
    .addHelpText('after', HEALTH_HELP)
    .action(async (options: HealthOptions) => setExitCode(await (await import('./health.ts')).runHealth(options)));

  addMigrate(program);
  addBackup(program);

  program
    .command('create-superuser')
    .description('create an administrator, or promote an existing account')
    .option('--email <address>', 'email address of the account')
    .option('--password-stdin', 'read the password from standard input instead of prompting')
    .option('--reset-second-factors', 'also remove the second factors and passkeys of an existing account')
    .action(async (options: object) => (await import('./create-superuser.ts')).runCreateSuperuser(options));

  addUsers(program.command('users').description('import and export accounts'), setExitCode);

  addSessions(program.command('sessions').description('manage sessions'));

  addKeys(program.command('keys').description('manage the keys that sign access tokens'));

  addSms(program.command('sms').description('manage text messages'));

  addDeliveries(program.command('deliveries').description('list and retry mail, text messages and webhooks'));

  program
    .command('doctor')
    .description(
      'check settings, database, Redis, mail, SMS, webhooks, social providers, clock and keys, and suggest fixes',
    )
    .option(
      '--json',
      'print one JSON document: { "healthy": …, "findings": [{ "state", "subject", "text", "advice" }] }',
    )
    .action(async (options: { json?: boolean }) => (await import('./doctor.ts')).runDoctor(options));

  program
    .command('schema')
    .description('print the GraphQL schema (needs no settings)')
    .addOption(
      new Option(
        '--federation [prefix]',
        'print the Apollo Federation subgraph, with a prefix as in FEDERATION_PREFIX',
      ).argParser(asPrefix),
    )
    .action(async (options: { federation?: string | true }) => (await import('./schema.ts')).runSchema(options));

  return program;
}

function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('apply database migrations while the service runs; safe to run concurrently')
    .addOption(new Option('--status', 'list applied and pending migrations; change nothing').conflicts('dryRun'))
    .option('--dry-run', 'print the SQL of pending migrations with its locks; change nothing')
    .option('--json', 'with --status: print JSON')
    .addOption(
      new Option('--wait <duration>', 'how long to try to get a lock that another session holds')
        .argParser(asDuration)
        .default(10 * MINUTE, '10m'),
    )
    .action(async (options: MigrateOptions) => (await import('./migrate.ts')).runMigrate(options));
}

function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write the embedded database to a file, also while the service runs')
    .argument('<file>', 'such as latchkey.tar.gz')
    .action(async (file: string) => (await import('./backup.ts')).runBackup(file));
  program
    .command('restore')
    .description(
      'create an embedded database from a backup; the service must be stopped, and DATA_DIR have no database',
    )
    .argument('<file>', 'written by latchkey backup')
    .action(async (file: string) => (await import('./backup.ts')).runRestore(file));
}

function addKeys(keys: Command): void {
  keys
    .command('list')
    .description('list all keys with state and times')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => (await import('./keys.ts')).listKeys(options));
  keys
    .command('rotate')
    .description('publish the next key; it starts signing ten minutes later, when caches have it')
    .option('--now', 'start signing at once: if SECRET_KEY is lost or a key was stolen')
    .action(async (options: { now?: boolean }) => (await import('./keys.ts')).rotateKeys(options));
}

function addSms(sms: Command): void {
  sms
    .command('templates')
    .description('print the texts that the SMS gateway must approve, with a sample code')
    .option('--submit', 'send those that it does not have yet to the gateway for approval')
    .option('--json', 'print JSON')
    .action(async (options: object) => (await import('./sms.ts')).printSmsTemplates(options));
}

const SERVE_HELP = `
In production, run latchkey migrate first: the server refuses to start on an outdated PostgreSQL database. In
development, and with the embedded database, migrations are applied at startup.`;

const HEALTH_HELP = `
For health checks of containers: it exits with 0 if the service is ready, and otherwise with 1 and one line that gives the
reason.`;

function asDuration(text: string): number {
  const duration = parseDuration(text);
  if (duration === undefined || duration > HOUR)
    throw new InvalidArgumentError('It must be a duration of at most 1h, such as 90s or 10m.');
  return duration;
}

function asPrefix(text: string): string {
  if (!federationPrefix.safeParse(text).success)
    throw new InvalidArgumentError('It must be letters and digits that begin with a capital letter, such as Auth.');
  return text;
}
