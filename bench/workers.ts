import { createAccounts } from './accounts.ts';
import { type Caller, load } from './load.ts';
import { CORES, describeMachine, moveToCores, onCores } from './machine.ts';
import { loginCaller, meCaller, refreshCaller, type Tokens } from './scenarios.ts';
import { openService, type Service } from './service.ts';
import { median } from './table.ts';

interface Options {
  /** Directory of the compiled program. */
  directory: string;
  rounds: number;
  isQuick: boolean;
}

const CONNECTIONS = 32;
/** Milliseconds. */
const TIMES = { quick: { warmUp: 600, round: 300 }, full: { warmUp: 10_000, round: 3_000 } };
/** What two workers on two cores should reach of one. */
const TARGETS = { me: 1.7, refresh: 1.6 };

/**
 * Prints how many times the requests of one worker two workers answer on two cores. On a machine of fewer than four, where the
 * client needs one of the two, both services have the same single core: twice their ratio is what two cores give at most.
 */
export async function compareWorkers({ directory, rounds, isQuick }: Options): Promise<boolean> {
  const hasRoom = CORES >= 4;
  const place = onCores(hasRoom ? '0-1' : '0');
  moveToCores(hasRoom ? `2-${CORES - 1}` : '1');
  const open = (WORKERS: string) => openService({ directory, place, settings: { WORKERS } });
  const [one, two] = await Promise.all([open('1'), open('2')]);
  const times = TIMES[isQuick ? 'quick' : 'full'];
  try {
    console.log(`${describeMachine()}; ${one.versions}`);
    console.log(
      hasRoom ? 'Services on cores 0 and 1.' : 'Services on core 0 alone: the ratios are twice the measured ones.',
    );
    const services = [await prepare(one), await prepare(two)];
    console.log('\n| | one worker, per second | two | ratio | at least | rounds |\n|---|---:|---:|---:|---:|---|');
    let isEnough = true;
    for (const [scenario, least] of Object.entries(TARGETS)) {
      const rateOf = (callers: Record<string, Caller[]>, { port }: Service['latchkey'], duration: number) =>
        load({ port, callers: callers[scenario] as Caller[], duration }).then(({ rate }) => rate);
      for (const { callers, latchkey } of services) await rateOf(callers, latchkey, times.warmUp);
      const rates: number[][] = [[], []];
      for (let round = 0; round < rounds; round++)
        for (const [index, { callers, latchkey }] of services.entries())
          rates[index]?.push(await rateOf(callers, latchkey, times.round));
      const [ofOne, ofTwo] = rates as [number[], number[]];
      const ratios = ofTwo.map((rate, index) => (hasRoom ? 1 : 2) * (rate / (ofOne[index] as number)));
      const cells = [median(ofOne).toFixed(0), median(ofTwo).toFixed(0), `**${median(ratios).toFixed(2)}**`, least];
      console.log(`| ${[scenario, ...cells, ratios.map((ratio) => ratio.toFixed(2)).join(' ')].join(' | ')} |`);
      isEnough &&= median(ratios) >= least;
    }
    return isEnough;
  } finally {
    await Promise.all([one.close(), two.close()]);
  }
}

async function prepare({ latchkey, databaseUrl }: Service) {
  const emails = await createAccounts(databaseUrl, CONNECTIONS);
  const signIn = async () => {
    const kept: Tokens[] = [];
    const callers = emails.map((email) => loginCaller([email], (tokens) => kept.push(tokens)));
    await load({ port: latchkey.port, callers, duration: 0 });
    return kept;
  };
  const tokens = await signIn();
  return {
    latchkey,
    callers: {
      me: tokens.map(({ accessToken }) => meCaller(accessToken, undefined)),
      refresh: (await signIn()).map(refreshCaller),
    },
  };
}
