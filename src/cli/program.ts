import { Command, InvalidArgumentError } from 'commander';
import { duration } from '../config/quantities.ts';
import { VERSION } from '../version.ts';
import { EXIT_CODES_HELP } from './exit.ts';
import { addUsers } from './users.ts';

// Each command's modules are loaded when it runs: --help answers at once.

/** @param setExitCode hears of a command that ends with a code of its own */
export function createProgram(setExitCode: (code: number) => void): Command {
  const program = new Command('latchkey')
    .description('A self-hosted GraphQL authentication service. Settings are environment variables: see .env.example.')
    .version(VERSION)
    .addHelpText('afterAll', EXIT_CODES_HELP)
    .showHelpAfterError('(latchkey --help lists the commands, latchkey <command> --help its options)')
    .exitOverride();

  program
    .command('serve')
    .description('run the service until SIGTERM, which lets requests in flight finish')
    .option(
      '--wait <duration>',
      'how long to wait at the start for a database that does not answer',
      asDuration,
      30_000,
    )
    .addHelpText('after', SERVE_HELP)
    .action(async (options: { wait: number }) => setExitCode(await (await import('./serve.ts')).runServe(options)));

  program
    .command('migrate')
    .description("bring the database's tables up to this version; any number may run at once")
    .action(async () => (await import('./migrate.ts')).runMigrate());

  program
    .command('create-superuser')
    .description('create an administrator, or make one of an existing account; asks on a terminal')
    .option('--email <address>', 'whose account')
    .option('--password-stdin', 'read the password from standard input instead of asking')
    .action(async (options: object) => (await import('./create-superuser.ts')).runCreateSuperuser(options));

  addUsers(
    program.command('users').description('bring accounts in from another system, and take them out'),
    setExitCode,
  );

  addKeys(program.command('keys').description('the keys that sign access tokens'));

  program
    .command('doctor')
    .description('check settings, database, migrations, clock, keys, Redis and SMTP, and say what to do')
    .action(async () => (await import('./doctor.ts')).runDoctor());

  program
    .command('schema')
    .description('print the GraphQL schema; needs no settings')
    .action(async () => (await import('./schema.ts')).runSchema());

  return program;
}

function addKeys(keys: Command): void {
  keys
    .command('list')
    .description('show every key, its state and its times')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => (await import('./keys.ts')).listKeys(options));
  keys
    .command('rotate')
    .description('publish the next key; it signs ten minutes later, when every cache knows it')
    .option('--now', 'sign with it at once: when SECRET_KEY is lost, or a key is in the wrong hands')
    .action(async (options: { now?: boolean }) => (await import('./keys.ts')).rotateKeys(options));
}

const SERVE_HELP = `
In production a PostgreSQL database must be up to date (latchkey migrate); in development, and the embedded database
always, it is migrated at the start.`;

const parseWait = duration('0s', '1h');

function asDuration(text: string): number {
  const parsed = parseWait(text);
  if ('problem' in parsed) throw new InvalidArgumentError(`It ${parsed.problem}.`);
  return parsed.value;
}
