import { type Round, SCENARIOS, type Scenario } from './round.ts';

/** Each scenario with its baseline, and the minimum for the median of the rounds' ratios. */
const TARGETS = [
  { scenario: 'me', against: 'bare', least: 0.75 },
  { scenario: 'login', against: 'verify', least: 0.9 },
  { scenario: 'refresh', against: 'bare', least: 0.35 },
  { scenario: 'registerEmail', against: 'hash', least: 0.85 },
] as const;

const NAMES: Record<Scenario, string> = {
  bare: 'bare Apollo Server',
  me: 'me',
  refresh: 'refresh',
  verify: 'raw argon2 verify',
  login: 'login',
  hash: 'raw argon2 hash',
  registerEmail: 'registerEmail',
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 ? middle : middle - 1] ?? Number.NaN, sorted[middle] ?? Number.NaN];
  return (low + high) / 2;
}

/** @param share 0.99 for the 99th percentile */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

const computeRatios = (rounds: readonly Round[], scenario: Scenario, against: Scenario): number[] =>
  rounds.map((round) => round[scenario].rate / round[against].rate);

/** Prints Markdown for docs/benchmarks.md. */
export function printRatios(rounds: readonly Round[]): void {
  console.log('\n| | per second | p50 ms | p99 ms | CPU ms |\n|---|---:|---:|---:|---:|');
  for (const scenario of SCENARIOS) {
    const results = rounds.map((round) => round[scenario]);
    const latencies = results.flatMap((result) => result.latencies);
    const each = results.flatMap(({ processor, latencies }) =>
      processor === undefined ? [] : [processor / latencies.length],
    );
    const cells = [
      NAMES[scenario],
      median(results.map(({ rate }) => rate)).toFixed(rateDigits(results[0]?.rate)),
      percentile(latencies, 0.5).toFixed(2),
      percentile(latencies, 0.99).toFixed(2),
      each.length > 0 ? median(each).toFixed(2) : '',
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log('\n| | baseline | ratio | at least | rounds |\n|---|---|---:|---:|---|');
  for (const { scenario, against, least } of TARGETS) {
    const ratios = computeRatios(rounds, scenario, against);
    const each = ratios.map((ratio) => ratio.toFixed(2)).join(' ');
    console.log(`| ${NAMES[scenario]} | ${NAMES[against]} | **${median(ratios).toFixed(2)}** | ${least} | ${each} |`);
  }
}

const rateDigits = (rate: number | undefined): number => (rate !== undefined && rate < 1_000 ? 1 : 0);

/** Whether every ratio reached its target minus the margin. Prints those that did not. */
export function judge(rounds: readonly Round[], margin: number): boolean {
  const missed = TARGETS.filter(
    ({ scenario, against, least }) => median(computeRatios(rounds, scenario, against)) < least - margin,
  );
  for (const { scenario, least } of missed) console.log(`\nMISSED: ${NAMES[scenario]} is below ${least}`);
  return missed.length === 0;
}
