import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, test } from 'vitest';
import { postgresPrograms, startPostgres } from './postgres.ts';
import { redisProgram, startRedis } from './redis.ts';
import { findProgram } from './server-process.ts';

/**
 * What a suite needs. 'postgres' and 'redis': any server, also a given one that others use as well. 'own …': one that
 * may be stopped, killed and configured, so the programs must be here.
 */
export type Need = 'postgres' | 'redis' | 'own postgres' | 'own redis' | 'own redis with tls';

const givenPostgres = process.env.TEST_DATABASE_URL;
const givenRedis = process.env.TEST_REDIS_URL;
const [LOCAL_POSTGRES, LOCAL_REDIS] = ['postgres://postgres@127.0.0.1:5432/postgres', 'redis://127.0.0.1:6379'];

const isOwn = { postgres: postgresPrograms() !== undefined, redis: redisProgram() !== undefined };
const found: Record<Need, boolean> = {
  postgres: isOwn.postgres || givenPostgres !== undefined || (await listens(LOCAL_POSTGRES)),
  redis: isOwn.redis || givenRedis !== undefined || (await listens(LOCAL_REDIS)),
  'own postgres': isOwn.postgres,
  'own redis': isOwn.redis,
  'own redis with tls': isOwn.redis && findProgram('openssl') !== undefined,
};

export const postgresAvailable = (): boolean => found.postgres;
export const redisAvailable = (): boolean => found.redis;

/** Those of the needs, of all unless told, that this machine does not meet. */
export const missingServers = (needs: readonly Need[] = ALL_NEEDS): Need[] => needs.filter((need) => !found[need]);
const ALL_NEEDS = Object.keys(found) as Need[]; // The keys of a Record<Need, …> are Needs.

/**
 * A suite that needs servers. Without them it is left out, or fails under CI=true: an incomplete run must not look
 * like a complete one.
 */
export function describeServers(title: string, needs: readonly Need[], body: () => void): void {
  const missing = missingServers(needs);
  if (missing.length === 0) return void describe(title, body);
  if (process.env.CI !== 'true') return void describe.skip(`${title} (left out: no ${missing.join(', no ')})`, body);
  describe(title, () => {
    test('has the servers that it needs', () => {
      throw new Error(`not found: ${missing.join(', ')}; under CI=true nothing is left out`);
    });
  });
}

export const describePostgres = (title: string, body: () => void): void => describeServers(title, ['postgres'], body);
export const describeRedis = (title: string, body: () => void): void => describeServers(title, ['redis'], body);

let sharedPostgres: Promise<{ url: string }> | undefined;
let sharedRedis: Promise<{ urls: readonly [string, ...string[]] }> | undefined;

/** The URL of a server to make databases in, the same one for all suites of a file. Not to be stopped. */
export async function postgresServer(): Promise<string> {
  if (givenPostgres) return givenPostgres;
  if (!isOwn.postgres) return LOCAL_POSTGRES;
  sharedPostgres ??= startPostgres();
  return (await sharedPostgres).url;
}

/** The URL of a Redis to use under keys of one's own. Not to be stopped nor flushed. */
export async function redisServer(): Promise<string> {
  if (givenRedis) return givenRedis;
  if (!isOwn.redis) return LOCAL_REDIS;
  sharedRedis ??= startRedis();
  return (await sharedRedis).urls[0];
}

async function listens(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), timeout: 500 });
  socket.once('timeout', () => socket.destroy(new Error('timeout')));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
