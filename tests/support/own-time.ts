const TICK = 10;

let [elapsed, last, processor] = [0, performance.now(), process.cpuUsage()];

/** Milliseconds, without those in which a busy machine kept this process from running. Its own computing counts. */
function ownTime(): number {
  const { user, system } = process.cpuUsage(processor);
  const now = performance.now();
  elapsed += Math.min(now - last, 2 * TICK + (user + system) / 1_000);
  [last, processor] = [now, process.cpuUsage()];
  return elapsed;
}

setInterval(ownTime, TICK).unref();

/** Starts a stopwatch of this process's own time, so that a busy machine fails no deadline. Returns its milliseconds. */
export function startOwnTime(): () => number {
  const begun = ownTime();
  return () => ownTime() - begun;
}
