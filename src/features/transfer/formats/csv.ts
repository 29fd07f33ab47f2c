import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { cutRecords, type Piece } from '../pieces.ts';
import {
  ACCOUNT_FIELDS,
  type AccountField,
  type ColumnMap,
  type OpenFile,
  type Row,
  type RowSource,
  UnreadableFile,
} from '../rows.ts';
import { isFormula, unescapeFormula } from './formula.ts';
import { PIECE_REFUSALS, withoutMark } from './json.ts';

/** International phone numbers begin with a plus, which a spreadsheet reads as a harmless formula. */
const isChecked = (field: AccountField): boolean => field !== 'phone';

/** CSV with a header, in UTF-8 (RFC 4180), as written by `users export --format csv`. @param delimiter one ASCII character */
export function csv(open: OpenFile, columns: ColumnMap, delimiter: string): RowSource {
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: false };

  /** The fields of each record; undefined for invalid records. */
  function parseRecords(records: readonly string[]): readonly (string[] | undefined)[] {
    try {
      const fields = parse(records.join('\n'), options);
      if (fields.length === records.length || records.length === 1) return fields;
    } catch {
      if (records.length === 1) return [undefined];
    }
    return records.map((record) => parseRecords([record])[0]); // One is invalid: parse them one by one.
  }

  function parseRow(header: Header, fields: readonly string[] | undefined, number: number): Row {
    const refuse = (reason: string, field?: AccountField): Row => ({ kind: 'refused', number, field, reason });
    if (!fields) return refuse('invalid CSV quotes');
    if (fields.length !== header.width)
      return refuse(`has ${fields.length} columns, but the header has ${header.width}`);
    const values: Partial<Record<AccountField, string>> = {};
    for (const [field, column] of header.columns) {
      const text = fields[column] ?? '';
      // Spaces are removed later, so a formula after spaces would appear in the next export.
      if (isChecked(field) && (isFormula(text) || isFormula(text.trim())))
        return refuse("begins like a formula: put a ' before it", field);
      values[field] = unescapeFormula(text);
    }
    return { kind: 'account', number, values };
  }

  return {
    async *read() {
      const cutter = cutRecords(delimiter);
      let header: Header | undefined;
      let number = 0;

      function parseRows(pieces: Piece[]): Row[] {
        const texts = pieces.map(decode).filter((text) => text !== '');
        const records = parseRecords(texts.filter((text) => typeof text === 'string'))[Symbol.iterator]();
        const rows: Row[] = [];
        for (const text of texts) {
          const fields = typeof text === 'string' ? records.next().value : undefined;
          if (!header) header = readHeader(fields, columns);
          else if (typeof text === 'string') rows.push(parseRow(header, fields, ++number));
          else rows.push({ kind: 'refused', number: ++number, reason: text.refusal });
        }
        return rows;
      }

      for await (const chunk of withoutMark(open())) yield parseRows(cutter.feed(chunk));
      yield parseRows(cutter.end());
      if (!header) throw new UnreadableFile('the file has no header: the first line must name the columns');
    },
  };
}

interface Header {
  width: number;
  columns: readonly (readonly [field: AccountField, column: number])[];
}

function readHeader(names: readonly string[] | undefined, map: ColumnMap): Header {
  if (!names) throw new UnreadableFile('the first line must be a header in UTF-8');
  const indexOf = (name: string) => names.findIndex((column) => column.trim() === name);
  const missing = Object.values(map).find((name) => name !== '' && indexOf(name) === -1);
  if (missing !== undefined) throw new UnreadableFile(`the header has no column ${missing}`);
  const columns = ACCOUNT_FIELDS.map((field) => [field, indexOf(map[field] ?? field)] as const);
  const present = columns.filter(([, column]) => column !== -1);
  if (!present.some(([field]) => field === 'email' || field === 'phone'))
    throw new UnreadableFile(`the header has neither email nor phone: name their columns with --map`);
  return { width: names.length, columns: present };
}

function decode(piece: Piece): string | { refusal: string } {
  if (typeof piece === 'string') return { refusal: PIECE_REFUSALS[piece] };
  if (!isUtf8(piece)) return { refusal: 'not UTF-8' };
  return piece.toString().replace(/\r$/, '');
}
