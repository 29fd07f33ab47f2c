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

/** A number begins with a plus where it has its country, which to a spreadsheet is a formula; as a number it is harmless. */
const isChecked = (field: AccountField): boolean => field !== 'phone';

/** With a header, in UTF-8 (RFC 4180): what `users export --format csv` writes. @param delimiter one ASCII character */
export function csv(open: OpenFile, columns: ColumnMap, delimiter: string): RowSource {
  const options = { delimiter, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: false };

  /** The fields of each record; undefined for one that is not CSV. */
  function fieldsOf(records: readonly string[]): readonly (string[] | undefined)[] {
    try {
      const fields = parse(records.join('\n'), options);
      if (fields.length === records.length || records.length === 1) return fields;
    } catch {
      if (records.length === 1) return [undefined];
    }
    return records.map((record) => fieldsOf([record])[0]); // One of them is bent; the others are as good as before.
  }

  function rowOf(header: Header, fields: readonly string[] | undefined, number: number): Row {
    const refuse = (reason: string, field?: AccountField): Row => ({ kind: 'refused', number, field, reason });
    if (!fields) return refuse('its quotes are not those of CSV');
    if (fields.length !== header.width) return refuse(`it has ${fields.length} columns and the header ${header.width}`);
    const values: Partial<Record<AccountField, string>> = {};
    for (const [field, column] of header.columns) {
      const text = fields[column] ?? '';
      // Spaces around a text are taken away later: what they hide would come out of the next export.
      if (isChecked(field) && (isFormula(text) || isFormula(text.trim())))
        return refuse("it begins like a formula; write a ' before it", field);
      values[field] = unescapeFormula(text);
    }
    return { kind: 'account', number, values };
  }

  return {
    async *read() {
      const cutter = cutRecords(delimiter);
      let header: Header | undefined;
      let number = 0;

      function rowsOf(pieces: Piece[]): Row[] {
        const texts = pieces.map(textOf).filter((text) => text !== '');
        const records = fieldsOf(texts.filter((text) => typeof text === 'string'))[Symbol.iterator]();
        const rows: Row[] = [];
        for (const text of texts) {
          const fields = typeof text === 'string' ? records.next().value : undefined;
          if (!header) header = readHeader(fields, columns);
          else if (typeof text === 'string') rows.push(rowOf(header, fields, ++number));
          else rows.push({ kind: 'refused', number: ++number, reason: text.refusal });
        }
        return rows;
      }

      for await (const chunk of withoutMark(open())) yield rowsOf(cutter.feed(chunk));
      yield rowsOf(cutter.end());
      if (!header) throw new UnreadableFile('the file has no header: its first line names the columns');
    },
  };
}

interface Header {
  width: number;
  columns: readonly (readonly [field: AccountField, column: number])[];
}

function readHeader(names: readonly string[] | undefined, map: ColumnMap): Header {
  if (!names) throw new UnreadableFile('the first line is not a header in UTF-8: it names the columns');
  const place = (name: string) => names.findIndex((column) => column.trim() === name);
  const missing = Object.values(map).find((name) => name !== '' && place(name) === -1);
  if (missing !== undefined) throw new UnreadableFile(`the header has no column ${missing}`);
  const columns = ACCOUNT_FIELDS.map((field) => [field, place(map[field] ?? field)] as const);
  const present = columns.filter(([, column]) => column !== -1);
  if (!present.some(([field]) => field === 'email' || field === 'phone'))
    throw new UnreadableFile(`the header names neither email nor phone: say which columns they are with --map`);
  return { width: names.length, columns: present };
}

function textOf(piece: Piece): string | { refusal: string } {
  if (typeof piece === 'string') return { refusal: PIECE_REFUSALS[piece] };
  if (!isUtf8(piece)) return { refusal: 'it is not UTF-8' };
  return piece.toString().replace(/\r$/, '');
}
