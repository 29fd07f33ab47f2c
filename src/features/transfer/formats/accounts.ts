import { isProblem } from '../../../core/problems.ts';
import { type ColumnReader, createColumnReader, type DefaultColumns, noteRow } from '../columns.ts';
import type { Prepare } from '../presets/preset.ts';
import { type AccountField, type ColumnMap, type NoteRow, type Row, type RowSource, UnreadableFile } from '../rows.ts';
import { readPath } from '../text/paths.ts';
import { isEmpty } from '../unused-columns.ts';
import type { Entry } from './entries.ts';
import { isFormula, unescapeFormula } from './formula.ts';

interface Options {
  map: ColumnMap;
  defaults: DefaultColumns;
  /** Brings a record of another system into the form that the default columns describe. */
  prepare: Prepare;
  /** Whether it is reported if no account has a password. */
  expectsPasswords?: boolean;
  /** Whether cells may have been written for a spreadsheet. */
  isSheet: boolean;
  /** Reads the file. */
  entries(hooks: EntryHooks): AsyncIterable<Entry[]>;
}

export interface EntryHooks {
  /** Called with the names in a header. Throws UnreadableFile if the columns are not there. */
  onHeader(names: readonly string[]): void;
  onSkipped(lines: number): void;
}

/** International phone numbers begin with a plus, which a spreadsheet reads as a harmless formula. */
const isChecked = (field: string): boolean => field !== 'phone';

/** The accounts of a file with one record per account. */
export function accountSource({ prepare, isSheet, entries, ...columns }: Options): RowSource {
  function parseRow(reader: ColumnReader, entry: Entry): Row | undefined {
    const { number } = entry;
    if (!('record' in entry)) return { kind: 'refused', number, reason: entry.reason };
    if (Object.values(entry.record).every((value) => isEmpty(value))) return undefined;
    const prepared = prepare(entry.record);
    if (!isProblem(prepared) && Object.keys(prepared).length === 0) return undefined;
    const { values, identities, secondFactors, key } = reader.read(isProblem(prepared) ? entry.record : prepared);
    if (isProblem(prepared)) return { kind: 'refused', number, key, reason: prepared.reason };
    if (isSheet) {
      for (const [field, value] of Object.entries(values)) {
        const text = typeof value === 'string' ? value : '';
        // Spaces are removed later, so a formula after spaces would appear in the next export.
        if (isChecked(field) && (isFormula(text) || isFormula(text.trim())))
          return { kind: 'refused', number, key, field: field as AccountField, reason: FORMULA }; // A key of `values`.
        if (text !== '') values[field as AccountField] = unescapeFormula(text);
      }
    }
    return { kind: 'account', number, key, values, identities, secondFactors };
  }

  return {
    async *read() {
      const reader = createColumnReader(columns);
      const notes: NoteRow[] = [];
      const hooks: EntryHooks = {
        onHeader: (names) => checkHeader(names, columns),
        onSkipped: (lines) => notes.push(noteRow('', `${lines} lines of other text before the JSON were skipped`)),
      };
      for await (const chunk of entries(hooks))
        yield chunk.map((entry) => parseRow(reader, entry)).filter((row) => row !== undefined);
      yield [...notes, ...reader.notes()];
    },
  };
}

const FORMULA = "begins like a formula: put a ' before it";

/** The fields with which a user can be reached. */
const REACHABLE = ['email', 'phone', 'identities'] as const;

function checkHeader(names: readonly string[], { map, defaults }: Pick<Options, 'map' | 'defaults'>): void {
  const columns = Object.fromEntries(names.map((name) => [name, '']));
  // A path leads into a column.
  const has = (path: string) =>
    readPath(columns, path) !== undefined || names.some((name) => path.startsWith(`${name}.`));
  const missing = Object.values(map).find((path) => path !== '' && !has(path));
  if (missing !== undefined) throw new UnreadableFile(`the header has no column ${missing}`);
  const isPresent = (field: (typeof REACHABLE)[number]) => {
    const mapped = map[field];
    return mapped === undefined ? (defaults[field] ?? []).some(has) : mapped !== '';
  };
  if (!REACHABLE.some(isPresent))
    throw new UnreadableFile('the header has neither email nor phone: name their columns with --map');
}
