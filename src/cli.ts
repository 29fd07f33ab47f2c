#!/usr/bin/env node
import { checkNodeVersion } from './cli/node-version.ts';

const problem = checkNodeVersion(process.versions.node);
if (problem) {
  process.stderr.write(`latchkey: ${problem}\n`);
  process.exit(1);
}

// Loaded only now: an older Node fails to load the packages, with errors that do not name the reason.
const { run } = await import('./cli/run.ts');
const code = await run();
// process.exit would discard output still buffered for a pipe.
process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
