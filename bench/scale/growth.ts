import type { Measured } from '../load.ts';
import type { Instance, Scenario } from './instance.ts';

export const SIDES = ['small', 'large'] as const;
export type Side = (typeof SIDES)[number];

/** One scenario in one round, at both sizes. */
export type Pair = Record<Side, Measured>;
export type Round = Record<Scenario, Pair>;

/** Milliseconds per size and round; longer with password hashes. */
const LENGTHS = { quick: { requests: 200, hashes: 500 }, full: { requests: 600, hashes: 2_000 } };

const SCENARIOS = [
  'lookup',
  'login',
  'refresh',
  'refreshWhilePruning',
  'me',
  'firstPage',
  'countedPage',
  'deepPage',
  'searchByAddress',
  'searchByName',
  'searchByFirstName',
] as const satisfies Scenario[];

/** Runs each scenario on the small and then the large database, close together, so that other load affects both. */
export async function runRound(instances: Record<Side, Instance>, length: keyof typeof LENGTHS): Promise<Round> {
  const pairs: [Scenario, Pair][] = [];
  for (const scenario of SCENARIOS) {
    const duration = LENGTHS[length][scenario === 'login' ? 'hashes' : 'requests'];
    const small = await instances.small.measure[scenario](duration);
    const large = await instances.large.measure[scenario](duration);
    pairs.push([scenario, { small, large }]);
  }
  return Object.fromEntries(pairs) as Round; // Object.fromEntries loses the key type.
}
