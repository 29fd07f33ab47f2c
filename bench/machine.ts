import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { findProgram } from '../tests/support/server-process.ts';

export const CORES = availableParallelism();
const taskset = CORES > 1 ? findProgram('taskset') : undefined;

/** Whether server and client each have their own core. */
export const isPinned = taskset !== undefined;

/** Turns Node's arguments into a command line. */
export type Place = (args: readonly string[]) => [string, string[]];

/** Runs Node and its child processes on these cores. @param cores as taskset writes them: `0-3` */
export const onCores =
  (cores: string): Place =>
  (args) =>
    taskset ? [taskset, ['-c', cores, process.execPath, ...args]] : [process.execPath, [...args]];

export const onServerCore = onCores('0');

/** Even if this process is bound to one. */
export const onEveryCore = onCores(`0-${CORES - 1}`);

/** Binds this process and its future children to these cores. */
export function moveToCores(cores: string): void {
  if (taskset) execFileSync(taskset, ['-a', '-c', '-p', cores, String(process.pid)], { stdio: 'pipe' });
}

export const moveToClientCore = (): void => moveToCores('1');

/** One line about the machine and its current load. */
export function describeMachine(): string {
  const load = `load average ${loadavg()[0]?.toFixed(1)}`;
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model ?? 'unknown CPU'}, ${CORES} cores, ${gibibytes} GiB, ${process.platform}, Node ${process.version}, ${load}`;
}

export interface Memory {
  /** MB. */
  now: number;
  /** MB; undefined if the system does not report it. */
  peak: number | undefined;
}

/** Resident memory of a process. */
export function residentMemory(pid: number): Memory {
  if (process.platform !== 'linux') {
    return {
      now: Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024,
      peak: undefined,
    };
  }
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

/** CPU time that a process has used, in milliseconds; undefined if the system does not report it. */
export function processorTime(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  // proc(5): after the name in parentheses, utime and stime are fields 12 and 13, in ticks of 10 ms.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
