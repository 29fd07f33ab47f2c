import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import { temporaryDirectory } from './server-process.ts';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Options {
  env?: Record<string, string>;
  input?: string;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs `latchkey …` to its end, in this process, with only these variables, in an empty directory. Commands run one after
 * the other. Where the process is the point, such as for signals, terminals and locks, use runProgram.
 */
export function runCommand(args: readonly string[], options: Options = {}): Promise<Ended> {
  const ended = last.then(() => runAlone(args, options));
  last = ended.catch(() => {});
  return ended;
}

async function runAlone(args: readonly string[], { env = {}, input = '' }: Options): Promise<Ended> {
  const [stdout, stderr] = [collector(), collector()];
  const restore = replaceProperties(process, {
    argv: [process.execPath, 'latchkey', ...args],
    env: { PATH: process.env.PATH, ...env },
    stdin: Readable.from([Buffer.from(input)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
  });
  const directory = process.cwd();
  process.chdir(temporaryDirectory('cwd'));
  try {
    return { code: await run(), stdout: stdout.text(), stderr: stderr.text() };
  } finally {
    process.chdir(directory);
    restore();
  }
}

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString() };
}

/** @returns a function that restores them */
function replaceProperties(target: object, values: Record<string, unknown>): () => void {
  const originals = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const);
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  return () => {
    for (const [name, original] of originals) if (original) Object.defineProperty(target, name, original);
  };
}
