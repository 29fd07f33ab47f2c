import { Refusal } from '../../../core/refusal.ts';
import { parseBoolean } from '../cell-values.ts';
import type { DefaultColumns } from '../columns.ts';

/** The export of another system. */
export interface Preset {
  /** Where it has each field. Our own names are recognised as well. */
  columns: DefaultColumns;
  /** The lists in which a JSON object can contain the accounts. */
  lists?: readonly string[];
  /** Lists of other rows that belong to the accounts. A file with them is rejected: they must be joined first. */
  separate?: readonly string[];
  /** Whether the system never exports passwords. Otherwise a file without any is reported. */
  hasNoPasswords?: boolean;
  prepare?: Prepare;
  /** The names of the columns of CSV without a header, by its first row; undefined if that is a header. */
  impliedHeader?(fields: readonly string[]): readonly string[] | undefined;
}

/** An account of the other system that is not an account here, and why. */
export class SkippedAccount extends Refusal {
  constructor(readonly reason: string) {
    super();
  }
}

type Unknown = Record<string, unknown>;

/** Brings a record into a form that columns describe. What it takes is removed, and what remains is reported. */
export type Prepare = (record: Unknown) => Unknown | SkippedAccount;

/**
 * For flags such as `blocked`, which are the opposite of `isActive`. A value that is neither true nor false stays invalid, so
 * that no blocked user becomes active.
 */
export function invert(record: Unknown, flag: string): Unknown {
  const { [flag]: value, ...rest } = record;
  const isSet = parseBoolean(value);
  return isSet === null ? record : { ...rest, isActive: isSet === undefined ? 'invalid' : !isSet };
}
