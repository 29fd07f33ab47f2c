import { parseEmail, showEmail } from '../core/identifiers.ts';
import { fieldProblemText } from '../messages/problems.ts';
import { EXIT, printError, printLine, Stop } from './exit.ts';
import { isInteractive, prompt, readStandardInput } from './prompt.ts';
import { withServices } from './with-services.ts';

interface Options {
  email?: string;
  passwordStdin?: boolean;
  resetSecondFactors?: boolean;
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

  await withServices(async ({ superusers }) => {
    for (let left = passwordStdin ? 1 : ATTEMPTS; left > 0; left--) {
      const account =
        passwordStdin && email ? { email, password: await readStandardInput() } : await promptForAccount(email);
      const outcome = await superusers.create({ ...account, resetSecondFactors });
      if (typeof outcome === 'string') {
        printLine(`${SUCCESS_TEXTS[outcome]}: ${showEmail(parseEmail(account.email) ?? account.email)}`);
        if (resetSecondFactors && outcome === 'promoted') printLine('its second factors and passkeys were removed');
        return;
      }
      for (const problem of outcome.fields) printError(`${problem.path}: ${fieldProblemText(problem, 'en')}`);
    }
    throw new Stop(EXIT.failed, 'no superuser was created');
  });
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
