import { isId } from '../../../core/ids.ts';

/** The primary keys of Django by account id, and the other way round. */
export interface PrimaryKeys {
  /** The account of a primary key; undefined if it was not imported. */
  findId(key: string): string | undefined;
  /** The primary key of an account; undefined if it is new. */
  findKey(id: string): string | undefined;
  /** A primary key for a new account; undefined if Django has to choose one. */
  newKey(id: string): string | number | undefined;
  /** Remembers a primary key that is in use. */
  note(key: string): void;
}

interface Options {
  /** Pairs of primary key and account id, as `users import --ids` wrote them. */
  pairs: readonly (readonly [key: string, id: string])[];
  /** Whether the primary keys are the account ids (`--map id=pk`). */
  areIds: boolean;
  /** Whether all primary keys are known, so that the next number is free. */
  areComplete: boolean;
}

export function createPrimaryKeys({ pairs, areIds, areComplete }: Options): PrimaryKeys {
  const ids = new Map(pairs);
  const keys = new Map(pairs.map(([key, id]) => [id, key]));
  let highest = 0;
  let areNumbers = true;

  function note(key: string): void {
    if (/^\d{1,15}$/.test(key)) highest = Math.max(highest, Number(key));
    else areNumbers = false;
  }
  for (const [key] of pairs) note(key);

  return {
    note,
    findId: (key) => ids.get(key) ?? (areIds && isId(key) ? key.toLowerCase() : undefined),
    findKey: (id) => keys.get(id),
    newKey(id) {
      if (areIds) return id;
      if (!areComplete || !areNumbers) return undefined;
      highest += 1;
      return highest;
    },
  };
}

/** Integers as numbers, as Django writes them. */
export const toPk = (key: string): string | number => (/^\d{1,15}$/.test(key) ? Number(key) : key);
