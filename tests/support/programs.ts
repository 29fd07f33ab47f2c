import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { chromium } from 'playwright-core';
import { findBrowser } from './browser.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres.ts';
import { redisProgram, startRedis } from './redis.ts';
import { findProgram } from './server-process.ts';

// Finds out once per run what this machine can run. A program that is installed but does not start counts as missing.

export type Need = 'postgres' | 'redis' | 'own postgres' | 'own redis' | 'own redis with tls';

export interface Servers {
  /** False in a run without the suites that start programs. */
  areStarted: boolean;
  /** The server on which all test files of the run create databases. Null if there is none. */
  postgresUrl: string | null;
  /** A shared Redis. Null: each worker starts its own. */
  redisUrl: string | null;
  /** Why a need is not met. */
  missing: Partial<Record<Need, string>>;
}

const LOCAL_POSTGRES = 'postgres://postgres@127.0.0.1:5432/postgres';
const LOCAL_REDIS = 'redis://127.0.0.1:6379';

/** The servers of a run without the suites that start programs. */
export const NO_SERVERS: Servers = { areStarted: false, postgresUrl: null, redisUrl: null, missing: {} };

/** @returns the servers that test files may use, and a function that stops those started here */
export async function findServers(): Promise<{ servers: Servers; stop(): Promise<void> }> {
  const [postgres, redis] = await Promise.all([findPostgres(), findRedis()]);
  const problems: [Need, string | undefined][] = [
    ['postgres', postgres.url === null ? postgres.problem : undefined],
    ['own postgres', postgres.problem],
    ['redis', redis.url === null ? redis.problem : undefined],
    ['own redis', redis.problem],
    ['own redis with tls', redis.problem ?? opensslProblem()],
  ];
  const missing = Object.fromEntries(problems.filter(([, problem]) => problem !== undefined));
  const stop = async () => postgres.server?.stop();
  return { servers: { areStarted: true, postgresUrl: postgres.url, redisUrl: redis.url, missing }, stop };
}

/** Why Chromium cannot be used; undefined when it can. */
export async function browserProblem(): Promise<string | undefined> {
  const executablePath = findBrowser();
  if (executablePath === undefined) return 'Chromium is not installed';
  try {
    await (await chromium.launch({ executablePath, args: ['--no-sandbox'] })).close();
    return undefined;
  } catch (error) {
    return `${executablePath} does not start: ${firstLine(error)}`;
  }
}

async function findPostgres(): Promise<{ url: string | null; problem?: string; server?: PostgresServer }> {
  const given = process.env.TEST_DATABASE_URL;
  const fallback = async () => given ?? ((await isListening(LOCAL_POSTGRES)) ? LOCAL_POSTGRES : null);
  if (!postgresPrograms()) return { url: await fallback(), problem: 'PostgreSQL is not installed' };
  try {
    const server = await startPostgres({ settings: { max_connections: '300' } });
    return { url: given ?? server.url, server };
  } catch (error) {
    return { url: await fallback(), problem: `PostgreSQL does not start: ${firstLine(error)}` };
  }
}

async function findRedis(): Promise<{ url: string | null; problem?: string }> {
  const given = process.env.TEST_REDIS_URL ?? null;
  const fallback = async () => given ?? ((await isListening(LOCAL_REDIS)) ? LOCAL_REDIS : null);
  if (!redisProgram()) return { url: await fallback(), problem: 'Redis is not installed' };
  try {
    await (await startRedis()).stop();
    return { url: given };
  } catch (error) {
    return { url: await fallback(), problem: `Redis does not start: ${firstLine(error)}` };
  }
}

function opensslProblem(): string | undefined {
  const openssl = findProgram('openssl');
  if (!openssl) return 'openssl is not installed';
  try {
    execFileSync(openssl, ['version'], { stdio: 'ignore' });
    return undefined;
  } catch (error) {
    return `openssl does not start: ${firstLine(error)}`;
  }
}

async function isListening(url: string): Promise<boolean> {
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

/** Playwright quotes what the browser wrote to standard error after [err]. */
function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const text = /\[err\] (.+)/.exec(message)?.[1] ?? message;
  return text.trim().split('\n')[0]?.slice(0, 200) || 'no message';
}
