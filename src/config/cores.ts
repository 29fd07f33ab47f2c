import { availableParallelism } from 'node:os';
import { CONTROL_GROUPS, type ReadFile, readFile, readGroups } from './control-groups.ts';
import { type Environment, readText } from './environment.ts';

/** Threads of libuv's pool that no password hash may use: DNS, files and signatures need them. */
export const SPARE_THREADS = 2;

/** The threads of libuv's pool. Its size is fixed when it is first used: cli.cts sets it. */
export function countThreads(env: Environment): number {
  const text = readText(env, 'UV_THREADPOOL_SIZE');
  return text === undefined ? 4 : Math.min(1024, Math.max(1, Number.parseInt(text, 10) || 1));
}

export const limitToThreads = (hashes: number, threads: number): number =>
  Math.max(1, Math.min(hashes, threads - SPARE_THREADS));

/**
 * How many cores this process may use. Includes the CPU limit of its container, which Node.js before 22.12 does not read: on
 * a large machine, a small container would otherwise run so many password hashes that its memory is exhausted.
 */
export function countCores(read: ReadFile = readFile, available = availableParallelism()): number {
  const limits = [...readGroups('cpu.max', read).map(readLimit), readOldLimit(read)];
  return Math.max(1, Math.floor(Math.min(available, ...limits)));
}

/** Cores, such as 1.5; infinite without a limit. */
function readLimit(text: string): number {
  const [quota, period] = text.split(' ');
  return toCores(quota, period);
}

/** The same for version 1. A container sees its own group at the root. */
const readOldLimit = (read: ReadFile): number =>
  toCores(read(`${CONTROL_GROUPS}/cpu/cpu.cfs_quota_us`), read(`${CONTROL_GROUPS}/cpu/cpu.cfs_period_us`));

function toCores(quota: string | undefined, period: string | undefined): number {
  const cores = Number(quota) / Number(period);
  return cores > 0 ? cores : Number.POSITIVE_INFINITY; // No limit is "max" or -1.
}
