#!/usr/bin/env node
import { CommanderError } from 'commander';
import { complain, EXIT, exitCodeOf, explainFailure } from './cli/exit.ts';
import { createProgram } from './cli/program.ts';

async function run(): Promise<number> {
  let code: number = EXIT.ok;
  const program = createProgram((own) => {
    code = own;
  });
  try {
    await program.parseAsync();
    return code;
  } catch (error) {
    // Commander has already said what it did not understand. Help and version end like this too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    complain(`latchkey: ${explainFailure(error)}`);
    return exitCodeOf(error);
  }
}

const code = await run();
// What is still being written to a pipe must arrive before the process ends.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
