import type { Command } from 'commander';
import { EXIT, printError, printLine, Stop } from './exit.ts';
import { isInteractive, prompt } from './prompt.ts';

interface EndAllOptions {
  yes?: boolean;
  keepAccessTokens?: boolean;
  json?: boolean;
}

export function addSessions(sessions: Command): void {
  sessions
    .command('end-all')
    .description(
      'end all sessions of all users, who then have to sign in again: after a restore, or if tokens were stolen',
    )
    .option('--yes', 'do not ask')
    .option('--keep-access-tokens', 'let access tokens expire by themselves, which takes at most ACCESS_TOKEN_TTL')
    .option('--json', 'print JSON')
    .action(endAll);
}

async function endAll({ yes = false, keepAccessTokens = false, json = false }: EndAllOptions): Promise<void> {
  if (!yes) await confirm();
  const { withServices } = await import('./with-services.ts');
  const screen = process.stderr;
  const onBatch = (ended: number) => void (screen.isTTY && screen.write(`\r\x1b[K${ended} sessions ended`));
  const ended = await withServices(({ endEveryonesSessions }) =>
    endEveryonesSessions({ keepsAccessTokens: keepAccessTokens, onBatch }),
  );
  if (screen.isTTY) screen.write('\r\x1b[K');
  printLine(json ? JSON.stringify({ sessionsEnded: ended }) : `${ended} session${ended === 1 ? '' : 's'} ended`);
}

/** Throws Stop unless the operator agrees. */
async function confirm(): Promise<void> {
  if (!isInteractive()) throw new Stop(EXIT.usage, 'this signs out all users; without a terminal, use --yes');
  printError('This signs out all users, on all devices.');
  if ((await prompt('Type yes to continue: ')).trim() !== 'yes') throw new Stop(EXIT.failed, 'nothing was changed');
}
