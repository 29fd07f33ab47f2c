import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { posix } from 'node:path';
import { type Environment, readText } from './environment.ts';

/** Returns the text of a file; undefined if it cannot be read. */
type ReadFile = (path: string) => string | undefined;

const ROOT = '/sys/fs/cgroup';

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
  const limits = [...listGroups(read).map((group) => readLimit(read, group)), readOldLimit(read)];
  return Math.max(1, Math.floor(Math.min(available, ...limits)));
}

/** The control group of this process and those around it (cgroups version 2). */
function listGroups(read: ReadFile): string[] {
  const [, own = '/'] = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup') ?? '') ?? [];
  const groups: string[] = [];
  for (let group = own; group !== '/'; group = posix.dirname(group)) groups.push(group);
  return [...groups, '/'];
}

/** Cores, such as 1.5; infinite without a limit. */
function readLimit(read: ReadFile, group: string): number {
  const [quota, period] = read(posix.join(ROOT, group, 'cpu.max'))?.split(' ') ?? [];
  return toCores(quota, period);
}

/** The same for version 1. A container sees its own group at the root. */
const readOldLimit = (read: ReadFile): number =>
  toCores(read(`${ROOT}/cpu/cpu.cfs_quota_us`), read(`${ROOT}/cpu/cpu.cfs_period_us`));

function toCores(quota: string | undefined, period: string | undefined): number {
  const cores = Number(quota) / Number(period);
  return cores > 0 ? cores : Number.POSITIVE_INFINITY; // No limit is "max" or -1.
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
