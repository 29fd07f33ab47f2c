import type { FactorRow, RowPosition } from '../rows.ts';
import type { FactorPart } from './second-factors.ts';

/**
 * The rows of a file with second factors of users in other rows. They are kept in memory, about half a kilobyte each, so that an
 * account is written together with them: at no time can its user sign in without.
 */
export interface FactorRows {
  add(row: FactorRow): void;
  /** Those of the user with one of these keys. */
  take(keys: readonly string[]): FactorPart[];
  /** Those that no user has taken. */
  rest(): RowPosition[];
}

export function createFactorRows(): FactorRows {
  const byOwner = new Map<string, FactorRow[]>();
  const tokens = new Map<string, FactorRow[]>();
  const taken = new Set<FactorRow>();
  const append = (rows: Map<string, FactorRow[]>, key: string, row: FactorRow) => {
    const known = rows.get(key);
    if (known) known.push(row);
    else rows.set(key, [row]);
  };

  /** The tokens of a device follow it. */
  const withTokens = (row: FactorRow): FactorRow[] => [
    row,
    ...(row.device === undefined ? [] : (tokens.get(row.device) ?? [])),
  ];

  return {
    add(row) {
      if (row.owner !== undefined) append(byOwner, row.owner, row);
      else append(tokens, row.device ?? '', row);
    },

    take(keys) {
      const rows = keys.flatMap((key) => byOwner.get(key) ?? []).flatMap(withTokens);
      for (const row of rows) taken.add(row);
      return rows.map((row) => ({ position: { number: row.number, key: row.key }, value: row.value }));
    },

    rest: () => [...byOwner.values(), ...tokens.values()].flat().filter((row) => !taken.has(row)),
  };
}
