import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { weighInstallation } from './install-size.ts';
import { describeMachine, isPinned, moveToClientCore, residentMemory } from './machine.ts';
import { createPlay, type Round } from './play.ts';
import { runScale } from './scale/run-scale.ts';
import { openStage } from './stage.ts';
import { measureStarts } from './starts.ts';
import { judge, printRatios } from './table.ts';

const HELP = `npm run bench -- [options]

  --quick           a smoke run: two short rounds, which show that everything works and measure little
  --scale           instead of all else: how much slower 1,000,000 users are than 1,000; with --quick 20,000
  --rounds <n>      at least 5 for figures to go by (5; with --scale, whose rounds are short, 25)
  --margin <share>  how far from its target a ratio may stay without failing the run (0)
  --install-size    also installs the production dependencies in a temporary directory and weighs them
  --program <dir>   the compiled program to measure (dist)

Exit code 1: a ratio missed its target or something grew beyond its limit, or an answer was wrong.`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    scale: { type: 'boolean', default: false },
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
  if (values.scale) return runScale({ directory, rounds, margin: Number(values.margin), isQuick: values.quick });
  moveToClientCore();
  const stage = await openStage(directory);
  const results: Round[] = [];
  let memory: ReturnType<typeof residentMemory>;
  try {
    console.log(`${describeMachine()}; ${stage.versions}`);
    console.log(
      isPinned
        ? 'Servers and hashes on core 0; load client, PostgreSQL, Redis and mail server on core 1.'
        : 'ONE CORE, or no taskset: client and servers compete, and the figures say little.',
    );
    const play = await createPlay(stage, values.quick ? 'quick' : 'full');
    for (let round = 1; round <= rounds; round++) {
      process.stderr.write(`round ${round} of ${rounds}\n`);
      results.push(await play());
    }
    memory = residentMemory(stage.latchkey.pid);
  } finally {
    await stage.close();
  }
  printRatios(results);
  console.log(
    `\nMemory of the server after load: ${memory.now.toFixed(0)} MB (target ${MEMORY_TARGET}), at most ${memory.peak?.toFixed(0) ?? '?'} MB`,
  );
  console.log(`Start to ready on PostgreSQL: ${stage.latchkey.readyAfter.toFixed(0)} ms`);
  for (const line of await measureStarts(directory, values.quick ? 1 : 5)) console.log(line);
  if (values['install-size']) console.log(weighInstallation());
  return judge(results, Number(values.margin));
}

if (values.help) {
  console.log(HELP);
} else {
  // The database servers do not keep this process alive, also not while it waits for their end.
  const alive = setInterval(() => {}, 1_000);
  process.exitCode = (await run().finally(() => clearInterval(alive))) ? 0 : 1;
}
