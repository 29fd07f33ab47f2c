import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startOwnTime } from './own-time.ts';

export interface ServerProcess {
  readonly pid: number;
  /** The end of its standard error. */
  errors(): string;
  signal(signal: NodeJS.Signals): void;
  hasEnded(): boolean;
  ended: Promise<unknown>;
}

interface Options {
  command: string;
  args: readonly string[];
  /** Another user to run as. */
  user?: { uid: number; gid: number } | undefined;
}

const running = new Set<number>();
const directories = new Set<string>();
// Test runners end workers with SIGTERM, which by default skips exit handlers.
process.once('SIGTERM', () => process.exit(143));
process.on('exit', () => {
  for (const pid of running) endQuietly(pid);
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** Starts a server that ends with this process, however it ends. */
export function startProcess({ command, args, user }: Options): ServerProcess {
  // On Linux the kernel ends the child with its parent, even after SIGKILL.
  const [file, argv] = setpriv ? [setpriv, ['--pdeathsig', 'KILL', command, ...args]] : [command, args];
  const child = spawn(file, argv, { stdio: ['ignore', 'ignore', 'pipe'], ...user });
  child.once('error', () => {}); // Without a pid.
  const { pid } = child;
  if (pid === undefined) throw new Error(`cannot start ${command}`);
  running.add(pid);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors = (errors + text).slice(-4_000);
  });
  const ended = once(child, 'exit').finally(() => running.delete(pid));
  child.unref();
  return {
    pid,
    errors: () => errors,
    signal: (signal) => {
      if (running.has(pid)) process.kill(pid, signal);
    },
    hasEnded: () => !running.has(pid),
    ended,
  };
}

/** Waits until the server responds. If it ends instead, throws the end of its standard error. */
export async function whenReady(server: ServerProcess, request: () => Promise<unknown>): Promise<void> {
  await eventually(() => (server.hasEnded() ? undefined : request()), 60_000);
  if (server.hasEnded()) throw new Error(server.errors().trim() || 'the server ended at once, without a message');
}

function endQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has exited by itself.
  }
}

/** The full path of a program, or undefined. @param directories searched after PATH */
export function findProgram(name: string, directories: readonly string[] = []): string | undefined {
  return [...(process.env.PATH ?? '').split(delimiter), ...directories]
    .map((directory) => join(directory, name))
    .find((path) => existsSync(path));
}

const setpriv = process.platform === 'linux' ? findProgram('setpriv') : undefined;

/** Directories such as /usr/lib/postgresql/16/bin, newest version first. */
export function versionedPlaces(root: string, below: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a))
    .map((version) => join(root, version, below));
}

/** A new directory that is removed when this process ends. */
export function temporaryDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `latchkey-${name}-`));
  chmodSync(directory, 0o755);
  directories.add(directory);
  return directory;
}

export function removeDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  directories.delete(directory);
}

/** A user for PostgreSQL, which refuses to run as root. Undefined if this process does not run as root. */
export function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' })));
      if (uid && gid) return { uid, gid };
    } catch {
      // The user does not exist.
    }
  }
  throw new Error('running as root, and neither the user postgres nor the user nobody exists');
}

/** Repeats the attempt until it succeeds. Fails with its last error at the deadline, in milliseconds of own time. */
export async function eventually<T>(attempt: () => Promise<T> | T, deadline = 10_000): Promise<T> {
  const elapsed = startOwnTime();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (elapsed() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
