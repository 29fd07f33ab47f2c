import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../rules/sources.ts';

const run = promisify(execFile);

const built = new Map<string, Promise<unknown>>();

/** Once in a process. @param names such as `client` */
export async function buildPackages(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    const build = () => run('npm', ['run', '--silent', 'build', `--workspace=@latchkey/${name}`], { cwd: ROOT });
    const building = built.get(name) ?? build();
    built.set(name, building);
    await building;
  }
}

export interface ExampleServer {
  close(): Promise<void>;
}

/** Starts the server of an example, without a service of its own, and waits until it is ready. */
export async function startExampleServer(name: string, env: Record<string, string>): Promise<ExampleServer> {
  const directory = join(ROOT, 'examples', name);
  const child = spawn(process.execPath, ['server.mjs'], {
    cwd: directory,
    env: { PATH: process.env.PATH, NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        printed += chunk;
        if (/^ready on /m.test(printed)) resolve();
      });
    ended.then(() => reject(new Error(`the example ended: ${printed}`)));
  });
  return {
    async close() {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}
