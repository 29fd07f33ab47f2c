import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OutboxMessage } from './app.ts';
import { freePort } from './ports.ts';
import { eventually, temporaryDirectory } from './server-process.ts';

/** Built by `npm run build`. */
const CLI = fileURLToPath(new URL('../../dist/cli.cjs', import.meta.url));

export interface BuiltProgram {
  url: string;
  /** Waits for a message to the address and returns the newest. */
  message(to: string): Promise<OutboxMessage>;
  /** Resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** Runs `latchkey …` in an empty directory. @param node the path of the Node.js binary @param cli by default that in dist */
export function spawnBuilt(node: string, args: readonly string[], env: Record<string, string> = {}, cli = CLI) {
  const child = spawn(node, [cli, ...args], {
    cwd: temporaryDirectory('built'),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, output: () => output };
}

/** Starts `latchkey serve` and waits until it is ready. The caller must stop it. */
export async function serveBuilt(node: string, env: Record<string, string>, cli?: string): Promise<BuiltProgram> {
  const port = String(await freePort());
  const { child, ended, output } = spawnBuilt(node, ['serve'], { OUTBOX_VIEWER: 'on', ...env, PORT: port }, cli);
  const url = `http://127.0.0.1:${port}`;
  await eventually(async () => {
    if (child.exitCode === null && !(await fetch(`${url}/readyz`)).ok) throw new Error('not ready');
  }, 120_000);
  if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}: ${output()}`);
  return {
    url,
    message: (to) =>
      eventually(async () => {
        const response = await fetch(`${url}/dev/outbox`, { headers: { accept: 'application/json' } });
        const messages = (await response.json()) as OutboxMessage[]; // The viewer's own format.
        const found = messages.find((message) => message.to === to);
        if (!found) throw new Error(`no message reached ${to}`);
        return found;
      }, 60_000),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
