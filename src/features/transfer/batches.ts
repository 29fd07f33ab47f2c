import type { Row } from './rows.ts';

/** Maximum number of rows in one transaction. */
const BATCH = 500;
/** Batches written in parallel, while the next one is read. */
const MAX_PARALLEL = 2;

/**
 * Writes rows in batches, a few in parallel. After a failure no other batch is started. When it returns or throws, no batch
 * is being written.
 */
export async function inBatches<T>(
  source: AsyncIterable<readonly Row[]>,
  select: (row: Row) => T | undefined,
  write: (batch: T[]) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const pending = new Set<Promise<void>>();
  const failures: unknown[] = [];
  let batch: T[] = [];

  async function send(): Promise<void> {
    if (pending.size >= MAX_PARALLEL) await Promise.race(pending);
    if (failures.length > 0) throw failures[0];
    signal?.throwIfAborted();
    const written = write(batch)
      .catch((error: unknown) => void failures.push(error))
      .finally(() => pending.delete(written));
    pending.add(written);
    batch = [];
  }

  try {
    for await (const rows of source) {
      for (const row of rows) {
        const selected = select(row);
        if (selected !== undefined) batch.push(selected);
        if (batch.length === BATCH) await send();
      }
    }
    if (batch.length > 0) await send();
  } finally {
    await Promise.all(pending);
  }
  if (failures.length > 0) throw failures[0];
}
