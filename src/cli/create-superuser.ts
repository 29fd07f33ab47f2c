import { text } from 'node:stream/consumers';
import { askService } from '../app/service-socket.ts';
import { createSuperuser, type SuperuserAnswer, type SuperuserRequest } from '../app/superuser-command.ts';
import { parseEmail, showEmail } from '../core/identifiers.ts';
import { DirectoryInUse } from '../infra/db/embedded-lock.ts';
import { EXIT, printError, printLine, Stop } from './exit.ts';
import { isInteractive, prompt, readStandardInput } from './prompt.ts';
import { withServices } from './with-services.ts';

interface Options {
  email?: string;
  passwordStdin?: boolean;
  resetSecondFactors?: boolean | undefined;
}

interface Account {
  email: string;
  password: string;
}

/** How many passwords may be tried on a terminal. */
const ATTEMPTS = 3;

export async function runCreateSuperuser({ email, passwordStdin, resetSecondFactors }: Options): Promise<void> {
  if (passwordStdin && !email) throw new Stop(EXIT.usage, '--password-stdin requires --email');
  if (!passwordStdin && !isInteractive())
    throw new Stop(
      EXIT.usage,
      'without a terminal, use --email and --password-stdin, and pass the password on standard input',
    );

  await withSuperusers(async (create) => {
    for (let left = passwordStdin ? 1 : ATTEMPTS; left > 0; left--) {
      const account =
        passwordStdin && email ? { email, password: await readStandardInput() } : await promptForAccount(email);
      const answer = await create({ ...account, resetSecondFactors });
      if ('outcome' in answer) {
        printLine(`${SUCCESS_TEXTS[answer.outcome]}: ${showEmail(parseEmail(account.email) ?? account.email)}`);
        if (resetSecondFactors && answer.outcome === 'promoted')
          printLine('its second factors and passkeys were removed');
        return;
      }
      for (const { path, text } of answer.problems) printError(`${path}: ${text}`);
    }
    throw new Stop(EXIT.failed, 'no superuser was created');
  });
}

type Create = (request: SuperuserRequest) => Promise<SuperuserAnswer>;

/** Through the database; if a running service has the embedded one open, through that service. */
async function withSuperusers(work: (create: Create) => Promise<void>): Promise<void> {
  try {
    await withServices(({ superusers }) => work((request) => createSuperuser(superusers, request)));
  } catch (error) {
    if (!(error instanceof DirectoryInUse)) throw error;
    await work((request) =>
      askForSuperuser(error.directory, request).catch(() => {
        throw error;
      }),
    );
  }
}

async function askForSuperuser(directory: string, request: SuperuserRequest): Promise<SuperuserAnswer> {
  const answer = await text(askService(directory, { command: 'create-superuser', ...request }));
  return JSON.parse(answer) as SuperuserAnswer; // createSuperuser writes it.
}

const SUCCESS_TEXTS = {
  created: 'superuser created',
  promoted: 'the existing account is now a superuser with this password',
};

async function promptForAccount(given: string | undefined): Promise<Account> {
  const email = given ?? (await prompt('Email address: '));
  for (;;) {
    const password = await prompt('Password: ', { hidden: true });
    if (password === (await prompt('Password (again): ', { hidden: true }))) return { email, password };
    printError('The passwords do not match.');
  }
}
