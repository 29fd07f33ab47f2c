import { median, percentile } from '../table.ts';
import { type Round, SIDES, type Side } from './growth.ts';
import type { Scenario } from './instance.ts';

/** Maximum p99 ratio between the large and the small database (median of the rounds). */
const MOST = 1.5;

const NAMES: Record<Scenario, string> = {
  lookup: "`login`'s lookup, the statement alone",
  login: '`login`',
  refresh: '`refresh`',
  refreshWhilePruning: '`refresh` while expired sessions are deleted',
  me: '`me`',
  firstPage: 'users, the first page',
  countedPage: 'the same with `totalCount`',
  deepPage: 'users, a page in the middle',
  searchByAddress: 'search by address: one match',
  searchByName: 'search by first and last name',
  searchByFirstName: 'search by the most common first name',
};
const SHOWN = Object.keys(NAMES) as Scenario[]; // Object.keys loses the key type.

const computeRatios = (rounds: readonly Round[], scenario: Scenario, share: number): number[] =>
  rounds.map((round) => {
    const [small = Number.NaN, large = Number.NaN] = SIDES.map((side) =>
      percentile(round[scenario][side].latencies, share),
    );
    return large / small;
  });

/** Prints Markdown for docs/benchmarks.md, with p50 and p99 in milliseconds. */
export function printGrowth(rounds: readonly Round[]): void {
  const heads = ['p50', 'p99'].flatMap((name) => SIDES.map((side) => `${name}, ${side}`));
  console.log(`\n| ms | ${heads.join(' | ')} | p50 ratio | p99 ratio | middle half of the rounds | requests |`);
  console.log('|---|---:|---:|---:|---:|---:|---:|---|---:|');
  for (const scenario of SHOWN) {
    const of = (side: Side) => rounds.flatMap((round) => round[scenario][side].latencies);
    const absolute = [0.5, 0.99].flatMap((share) => SIDES.map((side) => percentile(of(side), share).toFixed(2)));
    const nearly = computeRatios(rounds, scenario, 0.99);
    const half = [0.25, 0.75].map((share) => percentile(nearly, share).toFixed(2)).join(' to ');
    const ratios = [median(computeRatios(rounds, scenario, 0.5)).toFixed(2), `**${median(nearly).toFixed(2)}**`];
    const requests = SIDES.map((side) => of(side).length.toLocaleString('en')).join(' and ');
    console.log(`| ${[NAMES[scenario], ...absolute, ...ratios, half, requests].join(' | ')} |`);
  }
}

/** Whether every ratio is within the limit plus the margin. Prints those that are not. */
export function judgeGrowth(rounds: readonly Round[], margin: number): boolean {
  const grown = SHOWN.filter((scenario) => !(median(computeRatios(rounds, scenario, 0.99)) <= MOST + margin));
  for (const scenario of grown) console.log(`\nMISSED: ${NAMES[scenario]}: p99 grew beyond ${MOST} times`);
  return grown.length === 0;
}
