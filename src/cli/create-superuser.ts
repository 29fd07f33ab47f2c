import { fieldProblemText } from '../messages/problems.ts';
import { complain, EXIT, Stop, say } from './exit.ts';
import { ask, isInteractive, readStandardInput } from './prompt.ts';
import { withServices } from './with-app.ts';

interface Options {
  email?: string;
  passwordStdin?: boolean;
}

interface Account {
  email: string;
  password: string;
}

/** Attempts in interactive use. */
const ATTEMPTS = 3;

export async function runCreateSuperuser({ email, passwordStdin }: Options): Promise<void> {
  if (passwordStdin && !email) throw new Stop(EXIT.usage, '--password-stdin requires --email');
  if (!passwordStdin && !isInteractive())
    throw new Stop(
      EXIT.usage,
      'without a terminal, use --email and --password-stdin, and pass the password on standard input',
    );

  await withServices(async ({ superusers }) => {
    for (let left = passwordStdin ? 1 : ATTEMPTS; left > 0; left--) {
      const account =
        passwordStdin && email ? { email, password: await readStandardInput() } : await askForAccount(email);
      const outcome = await superusers.create(account);
      if (typeof outcome === 'string') return say(`${SUCCESS_TEXTS[outcome]}: ${account.email}`);
      for (const problem of outcome.fields) complain(`${problem.path}: ${fieldProblemText(problem, 'en')}`);
    }
    throw new Stop(EXIT.failed, 'no superuser was created');
  });
}

const SUCCESS_TEXTS = {
  created: 'superuser created',
  promoted: 'the existing account is now a superuser with this password',
};

async function askForAccount(given: string | undefined): Promise<Account> {
  const email = given ?? (await ask('Email address: '));
  for (;;) {
    const password = await ask('Password: ', { hidden: true });
    if (password === (await ask('Password (again): ', { hidden: true }))) return { email, password };
    complain('The passwords do not match.');
  }
}
