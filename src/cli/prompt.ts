import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { EXIT, Stop } from './exit.ts';

/** Whether the command runs on a terminal. */
export const isInteractive = (): boolean => Boolean(process.stdin.isTTY && process.stderr.isTTY);

/** Prompts on standard error, to keep standard output for results. @param hidden does not echo the input */
export async function prompt(question: string, { hidden = false } = {}): Promise<string> {
  const screen = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (!hidden) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: screen, terminal: true });
  if (hidden) process.stderr.write(question);
  try {
    return await new Promise((resolve, reject) => {
      const stop = () => reject(new Stop(EXIT.interrupted, 'interrupted; nothing was changed'));
      lines.once('SIGINT', stop).once('close', stop);
      lines.question(hidden ? '' : question).then(resolve, reject);
    });
  } finally {
    lines.close();
    if (hidden) process.stderr.write('\n');
  }
}

/** Standard input without its final line break. */
export const readStandardInput = async (): Promise<string> => (await text(process.stdin)).replace(/\r?\n$/, '');
