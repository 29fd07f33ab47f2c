const TICK = 25;

let [elapsed, last, processor] = [0, performance.now(), process.cpuUsage()];

/** Milliseconds in which this process could run. Excludes those in which a busy machine made it wait. */
export function ownTime(): number {
  const { user, system } = process.cpuUsage(processor);
  const now = performance.now();
  elapsed += Math.min(now - last, 2 * TICK + (user + system) / 1_000);
  [last, processor] = [now, process.cpuUsage()];
  return elapsed;
}

setInterval(ownTime, TICK).unref();

/** Starts a stopwatch of this process's own time, in milliseconds, so that a busy machine fails no deadline. */
export function startOwnTime(): () => number {
  const startedAt = ownTime();
  return () => ownTime() - startedAt;
}

/**
 * The deadline, in milliseconds, that a test sets for what must take no longer than `required` on a quiet machine. A busy
 * machine also holds up the other processes of a test, which `startOwnTime` cannot see.
 */
export const onABusyMachine = (required: number): number => 3 * required;
