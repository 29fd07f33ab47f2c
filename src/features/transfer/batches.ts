import type { Row } from './rows.ts';

/** Rows in one transaction. */
const BATCH = 500;
/** Batches under way: while the database writes one, the next is read. */
const AT_ONCE = 2;

/**
 * Hands over what is taken of the rows in batches, a few at a time. When one fails no other is begun, and nothing is under
 * way when it ends.
 */
export async function inBatches<T>(
  source: AsyncIterable<readonly Row[]>,
  take: (row: Row) => T | undefined,
  write: (batch: T[]) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let batch: T[] = [];

  async function send(): Promise<void> {
    if (underWay.size >= AT_ONCE) await Promise.race(underWay);
    if (failures.length > 0) throw failures[0];
    signal?.throwIfAborted();
    const written = write(batch)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => underWay.delete(written));
    underWay.add(written);
    batch = [];
  }

  try {
    for await (const rows of source) {
      for (const row of rows) {
        const taken = take(row);
        if (taken !== undefined) batch.push(taken);
        if (batch.length === BATCH) await send();
      }
    }
    if (batch.length > 0) await send();
  } finally {
    await Promise.all(underWay);
  }
  if (failures.length > 0) throw failures[0];
}
