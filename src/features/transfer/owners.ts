import { parse, stringify } from 'uuid';
import { createDigestTable } from './digest-table.ts';

const ID_BYTES = 16;

/** Maps keys of the file to account ids, in about forty bytes each. */
export interface Owners {
  set(key: string, id: string, isUntouched: boolean): void;
  get(key: string): string | undefined;
  /** Whether the file created the account and it has not been used since. */
  isUntouched(key: string): boolean;
}

export function createOwners(): Owners {
  const keys = createDigestTable();
  const used = createDigestTable();
  let ids = Buffer.alloc(1024 * ID_BYTES);

  return {
    set(key, id, isUntouched) {
      keys.add(key);
      if (!isUntouched) used.add(key);
      const at = (keys.findNumber(key) ?? 0) * ID_BYTES;
      if (at >= ids.length) ids = Buffer.concat([ids, Buffer.alloc(ids.length)]);
      ids.set(parse(id), at);
    },
    get(key) {
      const number = keys.findNumber(key);
      return number === undefined ? undefined : stringify(ids, number * ID_BYTES);
    },
    isUntouched: (key) => keys.has(key) && !used.has(key),
  };
}
