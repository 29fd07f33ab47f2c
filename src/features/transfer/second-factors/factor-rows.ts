import { RowProblem } from '../row-problem.ts';
import type { FactorRow, RowPosition } from '../rows.ts';
import type { FactorPart } from './second-factors.ts';

/**
 * The rows of a file with second factors of users in other rows. They are kept in memory, as text because objects need three
 * times as much, so that an account is written together with them: at no time can its user sign in without.
 */
export interface FactorRows {
  add(row: FactorRow): void;
  /** Takes the factors of the user with one of these keys. */
  take(keys: readonly string[]): FactorPart[];
  /** The rows that no user has taken. */
  rest(): RowPosition[];
}

type Stored = Pick<FactorRow, 'number' | 'key' | 'device' | 'value'> & { problem?: string };

export function createFactorRows(): FactorRows {
  const byOwner = createTextLists();
  /** Codes, by the device that they belong to. */
  const codes = createTextLists();

  const toPart = ({ number, key, value, problem }: Stored): FactorPart => ({
    position: { number, key },
    value: problem === undefined ? value : new RowProblem('secondFactors', problem),
  });

  return {
    add({ number, key, owner, device, value }) {
      const stored: Stored =
        value instanceof RowProblem
          ? { number, key, device, value: undefined, problem: value.reason }
          : { number, key, device, value };
      if (owner !== undefined) byOwner.add(owner, stored);
      else codes.add(device ?? '', stored);
    },

    take: (keys) =>
      keys
        .flatMap(byOwner.take)
        .flatMap((row) => [row, ...(row.device === undefined ? [] : codes.take(row.device))])
        .map(toPart),

    rest: () => [...byOwner.rest(), ...codes.rest()].map(({ number, key }) => ({ number, key })),
  };
}

/** Lists by key, each as lines of JSON. */
function createTextLists() {
  const lists = new Map<string, string>();
  const taken = new Set<string>();
  const read = (text: string | undefined): Stored[] =>
    (text ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return {
    add: (key: string, row: Stored) => void lists.set(key, `${lists.get(key) ?? ''}${JSON.stringify(row)}\n`),
    take(key: string): Stored[] {
      if (lists.has(key)) taken.add(key);
      return read(lists.get(key));
    },
    rest: (): Stored[] => [...lists].flatMap(([key, text]) => (taken.has(key) ? [] : read(text))),
  };
}
