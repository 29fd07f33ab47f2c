// Checks the schema against the contract, if the contract is available. schema/not-yet.txt lists what is not built yet.
// Anything else that is missing is an error, and so is a listed line that has been built.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const CHECK = '../shared/contract/check.mjs';
if (!existsSync(CHECK)) {
  console.log('contract: not available, skipped');
  process.exit(0);
}

const { stdout } = spawnSync(process.execPath, [CHECK], { encoding: 'utf8' });
const lines = stdout.trim().split('\n');
const broken = lines.filter((line) => /^[A-Z_]+: /.test(line));
const notYet = readFileSync('schema/not-yet.txt', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const unexpected = broken.filter((line) => !notYet.includes(line));
const built = notYet.filter((line) => !broken.includes(line));
for (const line of unexpected) console.error(`breaks the contract: ${line}`);
for (const line of built) console.error(`is built now, remove it from schema/not-yet.txt: ${line}`);
console.log(`${lines.at(-1)}; ${notYet.length} not built yet`);
process.exit(unexpected.length + built.length === 0 ? 0 : 1);
