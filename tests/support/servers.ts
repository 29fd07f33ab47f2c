import { describe, inject, test } from 'vitest';
import type { Need } from './programs.ts';
import { startRedis } from './redis.ts';

/**
 * What a suite needs. 'postgres' and 'redis': any server, even a shared one. 'own …': a server that the suite may stop,
 * kill and configure. For these, the programs must be installed.
 */
export type { Need };

const { postgresUrl, redisUrl, missing } = inject('servers');

export const postgresAvailable = (): boolean => missing.postgres === undefined;
export const redisAvailable = (): boolean => missing.redis === undefined;

/** Returns why each missing server is missing. */
const reasonsFor = (needs: readonly Need[]): string[] => [...new Set(needs.flatMap((need) => missing[need] ?? []))];

/**
 * A suite that needs servers. Without them it is skipped, or fails if CI=true: an incomplete run must not look like a
 * complete one.
 */
export function describeServers(title: string, needs: readonly Need[], body: () => void): void {
  const reasons = reasonsFor(needs);
  if (reasons.length === 0) return void describe(title, body);
  if (process.env.CI !== 'true') return void describe.skip(`${title} (skipped: ${reasons.join('; ')})`, body);
  describe(title, () => {
    test('needs servers', () => {
      throw new Error(`${reasons.join('; ')}; with CI=true no suite is skipped`);
    });
  });
}

export const describePostgres = (title: string, body: () => void): void => describeServers(title, ['postgres'], body);
export const describeRedis = (title: string, body: () => void): void => describeServers(title, ['redis'], body);

/** The URL of the server on which to create databases. The whole run shares it: do not stop it. */
export async function postgresServer(): Promise<string> {
  if (!postgresUrl) throw new Error(String(missing.postgres));
  return postgresUrl;
}

let sharedRedis: ReturnType<typeof startRedis> | undefined;

/** The URL of a shared Redis. Use unique keys, and do not stop or flush it. */
export async function redisServer(): Promise<string> {
  if (redisUrl) return redisUrl;
  sharedRedis ??= startRedis();
  return (await sharedRedis).urls[0];
}
