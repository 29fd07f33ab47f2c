import { isId } from '../../core/ids.ts';
import { parseText } from './cell-values.ts';
import { ACCOUNT_FIELDS, type AccountField, type ColumnMap, type NoteRow } from './rows.ts';
import { type Found, parseIfJson, readPath } from './text/paths.ts';
import { createUnusedColumns, isEmpty, MAX_COLUMNS } from './unused-columns.ts';

export const MAPPED_FIELDS = [...ACCOUNT_FIELDS, 'identities', 'secondFactors'] as const;
export type MappedField = (typeof MAPPED_FIELDS)[number];

/** The paths at which a format has each field. The first one that is not empty is used. */
export type DefaultColumns = Partial<Record<MappedField, readonly string[]>>;

/** Our own names, as written by `users export`. */
export const OWN_COLUMNS: DefaultColumns = Object.fromEntries(MAPPED_FIELDS.map((field) => [field, [field]]));

export interface ReadColumns {
  values: Partial<Record<AccountField, unknown>>;
  identities: unknown;
  secondFactors: unknown;
  /** The file's own id. */
  key: string | undefined;
}

/** Reads the fields of records, and remembers the columns whose values no field takes. */
export interface ColumnReader {
  read(record: Record<string, unknown>): ReadColumns;
  /** What was not taken, after all records. Forgets it, because a file is read more than once. */
  notes(): NoteRow[];
  /** Counts a row that is not an account, such as one of another model. */
  noteRow(kind: string): void;
}

interface Options {
  map: ColumnMap;
  defaults: DefaultColumns;
  /** Whether it is reported if no record has a password. */
  expectsPasswords?: boolean;
  /** Whether a value may be taken from a default column. */
  accepts?: (field: MappedField, path: string, value: unknown, record: Record<string, unknown>) => boolean;
}

export function createColumnReader({ map, defaults, accepts = () => true, ...options }: Options): ColumnReader {
  const paths = (field: MappedField): readonly string[] => {
    const mapped = map[field];
    if (mapped === undefined) return defaults[field] ?? [];
    return mapped === '' ? [] : [mapped];
  };
  const fields = MAPPED_FIELDS.map((field) => ({ field, isMapped: map[field] !== undefined, paths: paths(field) }));
  const unused = createUnusedColumns(
    new Set(MAPPED_FIELDS.flatMap((field) => (map[field] === '' ? (defaults[field] ?? [field]) : []))),
  );
  const mapped = Object.values(map).filter((path) => path !== '');
  const expectsPasswords = options.expectsPasswords && map.passwordHash !== '';
  let others = new Map<string, number>();
  let seen = new Set<string>();
  let otherIds = 0;
  let records = 0;
  let passwords = 0;

  /** The first value of a field that is not empty. */
  function choose(
    record: Record<string, unknown>,
    { field, isMapped, paths }: (typeof fields)[number],
  ): Found | undefined {
    let chosen: Found | undefined;
    for (const path of paths) {
      const found = readPath(record, path);
      if (!found || !(isMapped || accepts(field, path, found.value, record))) continue;
      if (isMapped) seen.add(path);
      if (!isEmpty(found.value, false)) return found;
      chosen ??= found;
    }
    return chosen;
  }

  return {
    noteRow(kind) {
      if (others.has(kind) || others.size < MAX_COLUMNS) others.set(kind, (others.get(kind) ?? 0) + 1);
    },

    read(record) {
      records += 1;
      const result: ReadColumns = { values: {}, identities: undefined, secondFactors: undefined, key: undefined };
      const taken = new Set<string>();
      const below = new Map<string, string[]>();
      for (const definition of fields) {
        const found = choose(record, definition);
        if (!found) continue;
        if (found.below === '') taken.add(found.column);
        else below.set(found.column, [...(below.get(found.column) ?? []), found.below]);
        const { field } = definition;
        if (field === 'identities' || field === 'secondFactors') result[field] = parseIfJson(found.value);
        else result.values[field] = found.value;
      }
      result.key = parseText(result.values.id) ?? undefined;
      if (result.key !== undefined && !isId(result.key)) otherIds += 1;
      if (!isEmpty(result.values.passwordHash)) passwords += 1;
      unused.note(record, taken, below);
      return result;
    },

    notes() {
      const missing = records === 0 ? [] : mapped.filter((path) => !seen.has(path) && path !== 'pk');
      const notes: NoteRow[] = [
        ...missing.map((path) => noteRow(path, 'no row has this column, which --map names')),
        ...unused.take().map(noteUnused),
        ...[...others].map(noteOthers),
        ...(expectsPasswords && records > 0 && passwords === 0 ? [noteRow('passwordHash', NO_PASSWORDS)] : []),
        ...(otherIds > 0
          ? [noteRow('id', `${otherIds} ids are not UUIDs: these accounts have new ids, which --ids lists`)]
          : []),
      ];
      [others, seen, otherIds, records, passwords] = [new Map(), new Set(), 0, 0, 0];
      return notes;
    },
  };
}

type Counted = [name: string, count: number];

const noteUnused = ([column, count]: Counted): NoteRow =>
  noteRow(column, `not imported: ${count} ${count === 1 ? 'row has' : 'rows have'} a value. --map can take it`);

const noteOthers = ([kind, count]: Counted): NoteRow =>
  noteRow(kind, `not imported: ${count} ${count === 1 ? 'row' : 'rows'}`);

const NO_PASSWORDS = 'no account in the file has a password: docs/importing.md says how to export them';

/** Characters. */
const MAX_NAME_LENGTH = 80;

/** Column names come from the file: control characters and long texts are not repeated. */
export const noteRow = (name: string, reason: string): NoteRow => ({
  kind: 'note',
  number: 0,
  name: name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, MAX_NAME_LENGTH),
  reason,
});
