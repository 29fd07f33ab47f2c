import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { findProgram } from '../tests/support/server-process.ts';

const CORES = availableParallelism();
const taskset = CORES > 1 ? findProgram('taskset') : undefined;

/** Whether server and client have a core each. */
export const isPinned = taskset !== undefined;

/** The command line that runs Node on the server's core. What it starts stays there, too. */
export const onServerCore = (args: readonly string[]): [string, string[]] =>
  taskset ? [taskset, ['-c', '0', process.execPath, ...args]] : [process.execPath, [...args]];

/** The command line that runs Node on every core, whatever this process was bound to. */
export const onEveryCore = (args: readonly string[]): [string, string[]] =>
  taskset ? [taskset, ['-c', `0-${CORES - 1}`, process.execPath, ...args]] : [process.execPath, [...args]];

/** Binds this process, and what it will start, to the client's core. */
export function moveToClientCore(): void {
  if (taskset) execFileSync(taskset, ['-a', '-c', '-p', '1', String(process.pid)], { stdio: 'pipe' });
}

/** The machine in a line, and whether it had anything else to do. */
export function describeMachine(): string {
  const load = `load average ${loadavg()[0]?.toFixed(1)}`;
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model ?? 'unknown CPU'}, ${CORES} cores, ${gibibytes} GiB, ${process.platform}, Node ${process.version}, ${load}`;
}

export interface Memory {
  /** MB. */
  now: number;
  /** MB; undefined where the system does not tell. */
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

/** Milliseconds of processor time that a process has used; undefined where the system does not tell. */
export function processorTime(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  // proc(5): after the name in brackets, utime and stime are the 12th and 13th; in ticks, of which Linux has 100.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
