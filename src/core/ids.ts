import { randomInt } from 'node:crypto';
import { stringify, v7, validate } from 'uuid';

let latest = 0;
let counter = 0;

/**
 * UUIDv7 (RFC 9562 section 5.7), which grows with time, so that primary keys fill index pages in order. Within one
 * millisecond, a counter keeps the ids of this process in order (section 6.2, method 1); 42 bits of each are random.
 */
export function newId(now: Date): string {
  const msecs = now.getTime();
  counter = msecs === latest ? (counter + 1) >>> 0 : randomInt(2 ** 31);
  latest = msecs;
  return v7({ msecs, seq: counter });
}

/** A UUIDv7 whose random bits are those of a digest: the same id for the same moment and digest. */
export const derivedId = (moment: Date, digest: Buffer): string =>
  v7({ msecs: moment.getTime(), random: digest.subarray(0, 16) });

/** A UUIDv8 (RFC 9562 section 5.8) with the bits of a digest: the same id for the same digest. */
export function digestId(digest: Buffer): string {
  const bytes = Uint8Array.from(digest.subarray(0, 16));
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return stringify(bytes);
}

/** Whether text could be one of our ids. Check it before a query, because PostgreSQL throws for anything else. */
export const isId = (text: string): boolean => validate(text);
