import { describe, inject, test } from 'vitest';
import type { Need } from './programs.ts';
import { startRedis } from './redis.ts';

/**
 * What a suite needs. 'postgres' and 'redis': any server, even a shared one. 'own …': a server that the suite may stop,
 * kill and configure. For these, the programs must be installed.
 */
export type { Need };

const servers = inject('servers');
const { postgresUrl, redisUrl, missing } = servers;

export const postgresAvailable = (): boolean => missing.postgres === undefined;
export const redisAvailable = (): boolean => missing.redis === undefined;

const NOT_STARTED = 'this run starts no other programs: the test needs STARTS_PROGRAMS, see CONTRIBUTING.md';

/** Returns why each missing server is missing. */
const reasonsFor = (needs: readonly Need[]): string[] => [...new Set(needs.flatMap((need) => missing[need] ?? []))];

/**
 * Options of a suite or test that starts other programs: PostgreSQL, Redis, Django or Latchkey as a process.
 * `npm test` leaves it out, `npm run test:programs` runs it.
 */
export const STARTS_PROGRAMS = { tags: ['programs'] };

/**
 * A suite that needs servers. Without them it is skipped, or fails if CI=true: an incomplete run must not look like a
 * complete one. `npm test` leaves it out.
 */
export function describeServers(title: string, needs: readonly Need[], body: () => void): void {
  if (needs.length === 0) return void describe(title, body);
  const reasons = servers.areStarted ? reasonsFor(needs) : [];
  if (reasons.length === 0) return void describe(title, STARTS_PROGRAMS, body);
  if (process.env.CI !== 'true') return void describe.skip(`${title} (skipped: ${reasons.join('; ')})`, body);
  describe(title, STARTS_PROGRAMS, () => {
    test('needs servers', () => {
      throw new Error(`${reasons.join('; ')}; with CI=true no suite is skipped`);
    });
  });
}

export const describePostgres = (title: string, body: () => void): void => describeServers(title, ['postgres'], body);
export const describeRedis = (title: string, body: () => void): void => describeServers(title, ['redis'], body);

/** Throws in `npm test`, which starts no other programs. */
export function requirePrograms(): void {
  if (!servers.areStarted) throw new Error(NOT_STARTED);
}

/** The URL of the server on which to create databases. The whole run shares it: do not stop it. */
export async function postgresServer(): Promise<string> {
  requirePrograms();
  if (!postgresUrl) throw new Error(String(missing.postgres));
  return postgresUrl;
}

let sharedRedis: ReturnType<typeof startRedis> | undefined;

/** The URL of a shared Redis. Use unique keys, and do not stop or flush it. */
export async function redisServer(): Promise<string> {
  requirePrograms();
  if (redisUrl) return redisUrl;
  sharedRedis ??= startRedis();
  return (await sharedRedis).urls[0];
}
