// Builds what the service needs: the program in dist/, and what it serves in assets/. Steps whose files are unchanged are
// skipped. Arguments: the steps, all by default; `--quick` compiles without checking types, which takes most of the time.
import { docs } from './build/docs.mjs';
import { embedded } from './build/embedded.mjs';
import { readRecord, writeRecord } from './build/freshness.mjs';
import { graphiql } from './build/graphiql.mjs';
import { pages } from './build/pages.mjs';
import { program } from './build/program.mjs';
import { web } from './build/web.mjs';

const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== '--quick');
const known = [program({ checks: !args.includes('--quick') }), graphiql, pages, web, docs, embedded];
const steps = names.length === 0 ? known : names.map((name) => known.find((step) => step.name === name));
if (steps.includes(undefined)) {
  console.error(`the steps are ${known.map(({ name }) => name).join(', ')}`);
  process.exit(1);
}

const stale = steps.filter((step) => !readRecord(step)?.isFresh);
if (stale.length > 0) {
  console.log(`building ${stale.map(({ makes }) => makes).join(', ')}`);
  const started = performance.now();
  const results = await Promise.allSettled(stale.map(run));
  for (const { reason } of results) if (reason) console.error(reason.message);
  if (results.some(({ status }) => status === 'rejected')) process.exit(1);
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

async function run(step) {
  const began = Date.now();
  writeRecord(step, { ...(await step.build()), began });
}
