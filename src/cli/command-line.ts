import { CommanderError } from 'commander';
import { EXIT, explainFailure, printError, toExitCode } from './exit.ts';
import { createProgram } from './program.ts';

/** Runs the command of the arguments and returns its exit code. */
export async function runCommandLine(): Promise<number> {
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
    printError(`latchkey: ${explainFailure(error)}`);
    return toExitCode(error);
  }
}
