import type { Measured } from '../load.ts';
import type { Scenario, Site } from './site.ts';

export const SIDES = ['small', 'large'] as const;
export type Side = (typeof SIDES)[number];

/** What was measured of one scenario within one round, at both sizes. */
export type Pair = Record<Side, Measured>;
export type Round = Record<Scenario, Pair>;

/** Milliseconds at each size in a round; what takes a password hash gets more. */
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

/** Small, large, small, large … of one scenario after the other, a moment each: what else goes on, goes on at both. */
export async function playRound(sites: Record<Side, Site>, length: keyof typeof LENGTHS): Promise<Round> {
  const pairs: [Scenario, Pair][] = [];
  for (const scenario of SCENARIOS) {
    const duration = LENGTHS[length][scenario === 'login' ? 'hashes' : 'requests'];
    const small = await sites.small.measure[scenario](duration);
    const large = await sites.large.measure[scenario](duration);
    pairs.push([scenario, { small, large }]);
  }
  return Object.fromEntries(pairs) as Round; // Object.fromEntries forgets the names.
}
