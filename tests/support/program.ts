import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleProgram } from './bundle.ts';
import { cached } from './cache.ts';
import type { Ended } from './command.ts';
import { freePort } from './ports.ts';
import { eventually, temporaryDirectory } from './server-process.ts';
import { requirePrograms } from './servers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** What the program expects next to its dist directory. */
const BESIDE = ['drizzle', 'schema', 'assets', 'package.json'];

let program: Promise<string> | undefined;

/** Compiles the program like `npm run build`, once; returns the directory. */
export const compiledProgram = async (): Promise<string> => join(await programHome(), 'dist');

/** The program's cli.cjs with most of its packages in one file: it starts in half the time. */
export const bundledCli = async (): Promise<string> => join(await programHome(), 'bundle/cli.cjs');

function programHome(): Promise<string> {
  requirePrograms();
  program ??= compile();
  return program;
}

async function compile(): Promise<string> {
  return cached(`program-${sourcesDigest()}`, async () => {
    const directory = temporaryDirectory('program');
    try {
      execFileSync(
        process.execPath,
        [TSC, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', join(directory, 'dist')],
        {
          cwd: ROOT,
          stdio: 'pipe',
        },
      );
    } catch {
      // Type errors are reported by the type check.
    }
    for (const name of BESIDE) symlinkSync(join(ROOT, name), join(directory, name));
    await bundleProgram(join(directory, 'dist'), join(directory, 'bundle'));
    return directory;
  });
}

const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

function sourcesDigest(): string {
  const hash = createHash('sha256');
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.c?ts$/.test(file),
  );
  for (const file of files.sort()) hash.update(file).update(readFileSync(join(ROOT, 'src', file)));
  for (const file of ['package-lock.json', 'tests/support/bundle.ts']) hash.update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 16);
}

interface RunOptions {
  env?: Record<string, string>;
  input?: string;
  /** Options for Node.js, such as --import. */
  node?: readonly string[];
}

/** Starts `latchkey …` with only these variables, in an empty directory. */
export async function startCommand(args: readonly string[], { env = {}, node = [] }: RunOptions = {}) {
  return spawn(process.execPath, [...node, await bundledCli(), ...args], {
    cwd: temporaryDirectory('cwd'),
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Compiles PGlite's WebAssembly without optimising it, which takes longer than a short command runs. */
const WITHOUT_OPTIMISING = '--liftoff-only';

/** Runs `latchkey …` to its end, as a process of its own. Most tests need only runCommand, which takes a tenth of the time. */
export async function runProgram(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = await startCommand(args, { ...options, node: [WITHOUT_OPTIMISING, ...(options.node ?? [])] });
  const ended = collect(child);
  child.stdin.on('error', () => {}); // The command may exit without reading.
  child.stdin.end(options.input ?? '');
  return ended;
}

function collect(child: ChildProcessWithoutNullStreams): Promise<Ended> & { soFar: Ended } {
  const soFar: Ended = { code: null, stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      soFar[name] += text;
    });
  }
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ ...soFar, code })));
  return Object.assign(ended, { soFar });
}

export interface RunningService {
  url: string;
  pid: number;
  /** What it has written to standard output so far. */
  output(): string;
  /** Resolves when the process has exited. */
  stop(signal?: NodeJS.Signals): Promise<Ended>;
}

const running = new Set<ChildProcessWithoutNullStreams>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `latchkey serve`, on a free port unless PORT is given, and waits until it is ready. The caller must stop it. */
export async function startService(env: Record<string, string>, args: readonly string[] = []): Promise<RunningService> {
  const port = env.PORT ?? String(await freePort());
  const child = await startCommand(['serve', ...args], { env: { ...env, PORT: port } });
  running.add(child);
  child.once('close', () => running.delete(child));
  const ended = collect(child);
  const url = `http://127.0.0.1:${port}`;
  const endedWith = () => child.exitCode ?? child.signalCode;
  const isReady = async () => {
    if (endedWith() === null && !(await fetch(`${url}/readyz`)).ok) throw new Error('not ready');
  };
  await eventually(isReady, 40_000).catch((cause) => {
    child.kill('SIGKILL');
    throw new Error(`the service did not become ready: ${ended.soFar.stdout}${ended.soFar.stderr}`, { cause });
  });
  if (endedWith() !== null) throw new Error(`the service ended with ${endedWith()}: ${ended.soFar.stderr}`);
  return {
    url,
    pid: child.pid ?? 0,
    output: () => ended.soFar.stdout,
    stop(signal = 'SIGTERM') {
      child.kill(signal);
      return ended;
    },
  };
}
