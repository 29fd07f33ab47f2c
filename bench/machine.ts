import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { findProgram } from '../tests/support/server-process.ts';

const CORES = availableParallelism();
const taskset = CORES > 1 ? findProgram('taskset') : undefined;

/** Whether server and client each have their own core. */
export const isPinned = taskset !== undefined;

/** The command line that runs Node on the server's core. Its child processes stay there, too. */
export const onServerCore = (args: readonly string[]): [string, string[]] =>
  taskset ? [taskset, ['-c', '0', process.execPath, ...args]] : [process.execPath, [...args]];

/** The command line that runs Node on all cores, even if this process is bound to one. */
export const onEveryCore = (args: readonly string[]): [string, string[]] =>
  taskset ? [taskset, ['-c', `0-${CORES - 1}`, process.execPath, ...args]] : [process.execPath, [...args]];

/** Binds this process and its future children to the client's core. */
export function moveToClientCore(): void {
  if (taskset) execFileSync(taskset, ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'pipe' });
}

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
