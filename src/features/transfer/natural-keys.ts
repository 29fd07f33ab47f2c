import { createDigestTable, type DigestTable } from './digest-table.ts';
import type { AccountRow, RowSource } from './rows.ts';

/** Whether the key of an owner is a list: dumpdata --natural-foreign refers to users by their user name. */
export const isNaturalKey = (owner: string): boolean => owner.startsWith('[');

const toNaturalKey = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? JSON.stringify([value]) : undefined;

/**
 * The column by whose value other rows refer to users: the model's USERNAME_FIELD, which a dump does not name. It has the most of
 * these values, each once. Undefined if no column has them.
 * @param owners the natural keys that occur
 */
export async function findNaturalColumn(source: RowSource, owners: DigestTable): Promise<string | undefined> {
  const columns = new Map<string, { values: DigestTable; isUnique: boolean }>();
  for await (const rows of source.read()) {
    for (const row of rows) {
      if (row.kind !== 'account') continue;
      for (const [name, value] of Object.entries(row.fields ?? {})) {
        const key = toNaturalKey(value);
        if (key === undefined || !owners.has(key)) continue;
        const column = columns.get(name) ?? { values: createDigestTable(), isUnique: true };
        columns.set(name, column);
        if (!column.values.add(key)) column.isUnique = false;
      }
    }
  }
  const candidates = [...columns].filter(([, { isUnique }]) => isUnique);
  const most = Math.max(0, ...candidates.map(([, { values }]) => values.size()));
  const best = candidates.filter(([, { values }]) => values.size() === most).map(([name]) => name);
  return best.find((name) => name === 'username') ?? best[0];
}

/** The keys by which other rows may refer to an account. @param column of natural keys */
export function accountKeys({ key, fields }: AccountRow, column: string | undefined): string[] {
  const natural = column === undefined ? undefined : toNaturalKey(fields?.[column]);
  return [key, natural].filter((found) => found !== undefined);
}
