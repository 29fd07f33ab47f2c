import { randomInt } from 'node:crypto';
import { v7, validate } from 'uuid';

let latest = 0;
let counter = 0;

/**
 * UUIDv7 (RFC 9562 section 5.7): grows with time, so that primary keys fill index pages in order. Of those that this
 * process makes in one millisecond each is greater than the one before (section 6.2, method 1), so that what happened
 * in a moment is read in the order in which it happened; 42 bits of each are its own.
 */
export function newId(now: Date): string {
  const msecs = now.getTime();
  counter = msecs === latest ? (counter + 1) >>> 0 : randomInt(2 ** 31);
  latest = msecs;
  return v7({ msecs, seq: counter });
}

/** Whether text could be one of our ids. Asked before SQL, which refuses anything else with an error. */
export const isId = (text: string): boolean => validate(text);
