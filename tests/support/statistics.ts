/** The two-sided p-value of the Mann-Whitney U test, by normal approximation corrected for ties, for samples of 20 and more. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))];
  all.sort((left, right) => left.value - right.value);
  let [rankSum, ties] = [0, 0];
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.value === all[from]?.value) to++;
    const [count, rank] = [to - from, (from + 1 + to) / 2];
    ties += count ** 3 - count;
    rankSum += rank * all.slice(from, to).filter(({ isA }) => isA).length;
    from = to;
  }
  const [n, m] = [a.length, b.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const deviation = Math.sqrt(((n * m) / 12) * (n + m + 1 - ties / ((n + m) * (n + m - 1))));
  return deviation === 0 ? 1 : 2 * upperTail(Math.max(0, Math.abs(u - (n * m) / 2) - 0.5) / deviation);
}

/** The standard normal tail above z ≥ 0 (Abramowitz and Stegun, 26.2.17; exact to 10^-7). */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const factors = [0.31938153, -0.356563782, 1.781477937, -1.821255978, 1.330274429];
  const sum = factors.reduceRight((rest, factor) => (rest + factor) * t, 0);
  return (Math.exp(-(z ** 2) / 2) / Math.sqrt(2 * Math.PI)) * sum;
}

/** Chi-square of counts against uniformity, with `counts.length - 1` degrees of freedom. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

type Timed = () => Promise<unknown>;

/**
 * Returns the p-value of the hypothesis that both take the same time. Pairs run in random order, so that noise affects
 * both. Repeats the comparison if p < 0.01, which also happens by chance, once in a hundred.
 */
export async function compareTimings(pairs: number, first: Timed, second: Timed): Promise<number> {
  const p = await compare(pairs, first, second);
  return p > 0.01 ? p : compare(pairs, first, second);
}

async function compare(pairs: number, first: Timed, second: Timed): Promise<number> {
  const times: Record<'first' | 'second', number[]> = { first: [], second: [] };
  const measure = async (name: 'first' | 'second') => {
    const startedAt = performance.now();
    await (name === 'first' ? first : second)();
    times[name].push(performance.now() - startedAt);
  };
  for (let pair = 0; pair < pairs; pair++) {
    const order = Math.random() < 0.5 ? (['first', 'second'] as const) : (['second', 'first'] as const);
    for (const name of order) await measure(name);
  }
  return mannWhitney(times.first, times.second);
}
