export type RequestScheduler = ReturnType<typeof createRequestScheduler>;

/**
 * Lets so many through in each turn of the event loop, and the rest in the next ones, in order. Whatever else the
 * process does gets its share in between: of 500 requests that arrive in one moment, one after the other would keep a
 * health check, and every timer, waiting for half a second.
 */
export function createRequestScheduler(perTurn: number) {
  const waiting: (() => void)[] = [];
  let left = perTurn;
  let turning = false;

  function turn(): void {
    left = perTurn;
    for (const pass of waiting.splice(0, perTurn)) {
      left -= 1;
      pass();
    }
    turning = left < perTurn;
    if (turning) setImmediate(turn);
  }

  return (pass: () => void): void => {
    if (!turning) setImmediate(turn);
    turning = true;
    if (left === 0) {
      waiting.push(pass);
      return;
    }
    left -= 1;
    pass();
  };
}
