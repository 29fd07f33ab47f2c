/**
 * Runs a request now or in a later turn of the event loop. Each turn runs a few, in order of arrival, so that timers and
 * health checks are not kept waiting when many requests arrive at once.
 */
export type RequestScheduler = (run: () => void) => void;

/** @param perTurn requests that run in one turn of the event loop */
export function createRequestScheduler(perTurn: number): RequestScheduler {
  const waiting: (() => void)[] = [];
  let left = perTurn;
  let turning = false;

  function turn(): void {
    left = perTurn;
    for (const run of waiting.splice(0, perTurn)) {
      left -= 1;
      run();
    }
    turning = left < perTurn;
    if (turning) setImmediate(turn);
  }

  return (run) => {
    if (!turning) setImmediate(turn);
    turning = true;
    if (left === 0) {
      waiting.push(run);
      return;
    }
    left -= 1;
    run();
  };
}
