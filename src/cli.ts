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
    // Commander has already printed the usage error. Help and version also end here, with exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    complain(`latchkey: ${explainFailure(error)}`);
    return exitCodeOf(error);
  }
}

const code = await run();
// process.exit would discard output still buffered for a pipe.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
