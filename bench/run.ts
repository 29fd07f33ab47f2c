import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureInstallSize } from './install-size.ts';
import { describeMachine, isPinned, moveToClientCore, residentMemory } from './machine.ts';
import { measureMigrations } from './migrations.ts';
import { prepareRounds, type Round } from './round.ts';
import { runScale } from './scale/run-scale.ts';
import { openServers } from './servers.ts';
import { measureSoak } from './soak.ts';
import { measureStarts } from './starts.ts';
import { judge, printRatios } from './table.ts';
import { compareWorkers } from './workers.ts';
import { measureWrites } from './writes.ts';

const HELP = `npm run bench -- [options]

  --quick           smoke test: two short rounds; the figures mean little
  --scale           only compare 1,000,000 users with 1,000 (with --quick: 20,000)
  --migrations      only migrate 1,000,000 rows of each table while others write (with --quick: 20,000)
  --soak <minutes>  only keep two workers busy with a mixture of requests, and print
                    their memory each minute, for at least 4 minutes
  --workers         only compare two workers with one
  --writes          only count what an operation writes to PostgreSQL and Redis, and the size of rows
  --rounds <n>      number of rounds, at least 5 for reliable figures (default: 5; with --scale: 25, which are shorter)
  --margin <share>  how far a ratio may miss its target without failing the run (default: 0)
  --install-size    also measure the size of the program and its dependencies, installed
  --program <dir>   the compiled program to measure (default: dist)

Exit code 1: a ratio missed its target, a limit was exceeded, memory grew, or a response was wrong.`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
    migrations: { type: 'boolean', default: false },
    writes: { type: 'boolean', default: false },
    soak: { type: 'string' },
    workers: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    margin: { type: 'string', default: '0' },
    'install-size': { type: 'boolean', default: false },
    program: { type: 'string', default: 'dist' },
    help: { type: 'boolean', default: false },
  },
});

/** MB. */
const MEMORY_TARGET = 220;

async function run(): Promise<boolean> {
  const directory = resolve(values.program);
  const rounds = Number(values.rounds ?? (values.quick ? 2 : values.scale ? 25 : 5));
  if (values.migrations) return measureMigrations({ directory, isQuick: values.quick }).then(() => true);
  if (values.soak) return measureSoak({ directory, minutes: Number(values.soak) });
  if (values.workers) return compareWorkers({ directory, rounds, isQuick: values.quick });
  if (values.writes) return measureWrites({ directory, isQuick: values.quick }).then(() => true);
  if (values.scale) return runScale({ directory, rounds, margin: Number(values.margin), isQuick: values.quick });
  moveToClientCore();
  const servers = await openServers(directory);
  const results: Round[] = [];
  let memory: ReturnType<typeof residentMemory>;
  try {
    console.log(`${describeMachine()}; ${servers.versions}`);
    console.log(
      isPinned
        ? 'Servers and hashes on core 0; load client, PostgreSQL, Redis and mail server on core 1.'
        : 'ONE CORE, or no taskset: client and servers compete, so the figures mean little.',
    );
    const runRound = await prepareRounds(servers, values.quick ? 'quick' : 'full');
    for (let round = 1; round <= rounds; round++) {
      process.stderr.write(`round ${round} of ${rounds}\n`);
      results.push(await runRound());
    }
    memory = residentMemory(servers.latchkey.pid);
  } finally {
    await servers.close();
  }
  printRatios(results);
  console.log(
    `\nMemory of the server after load: ${memory.now.toFixed(0)} MB (target ${MEMORY_TARGET}), at most ${memory.peak?.toFixed(0) ?? '?'} MB`,
  );
  console.log(`Start to ready on PostgreSQL: ${servers.latchkey.readyAfter.toFixed(0)} ms`);
  for (const line of await measureStarts(directory, values.quick ? 1 : 5)) console.log(line);
  if (values['install-size']) console.log(measureInstallSize());
  return judge(results, Number(values.margin));
}

if (values.help) {
  console.log(HELP);
} else {
  // Nothing else keeps this process alive while it waits for the database servers to stop.
  const alive = setInterval(() => {}, 1_000);
  process.exitCode = (await run().finally(() => clearInterval(alive))) ? 0 : 1;
}
