import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import { cutRecords, type Piece } from '../pieces.ts';
import { type OpenFile, UnreadableFile } from '../rows.ts';
import { peek } from '../text/decoding.ts';
import { detectDialect } from './csv-dialect.ts';
import type { Entry } from './entries.ts';
import { PIECE_REFUSALS } from './json.ts';

interface Options {
  /** One ASCII character; by default the one that the header has most often. */
  delimiter: string | undefined;
  /** The names of the columns if the first row is not a header but an account. */
  impliedHeader?: ((fields: readonly string[]) => readonly string[] | undefined) | undefined;
  /** Called with the names in the header. May throw UnreadableFile. */
  onHeader(names: readonly string[]): void;
}

/** CSV with a header, in UTF-8 (RFC 4180), as written by `users export --format csv`. Empty rows are skipped. */
export async function* csvEntries(
  open: OpenFile,
  { delimiter, impliedHeader = () => undefined, onHeader }: Options,
): AsyncGenerator<Entry[]> {
  const [head, bytes] = await peek(open());
  const dialect = detectDialect(head, delimiter);
  const options = {
    delimiter: dialect.delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: false,
  };
  const cutter = cutRecords(dialect.delimiter);
  let header: readonly string[] | undefined;
  let number = 0;

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

  function parseEntry(
    names: readonly string[],
    fields: readonly string[] | undefined,
    text: string,
  ): Entry | undefined {
    number += 1;
    if (!fields) return { number, reason: explainQuotes(text.split('\n').length) };
    if (fields.every((text) => text.trim() === '')) return undefined;
    if (fields.length !== names.length)
      return { number, reason: `has ${fields.length} columns, but the header has ${names.length}` };
    const record: Record<string, string> = {};
    for (const [index, name] of names.entries()) record[name] = readCell(fields[index]);
    return { number, record };
  }

  function parseEntries(pieces: Piece[]): Entry[] {
    const texts = pieces.map(decode).filter((text) => text !== '');
    const records = parseRecords(texts.filter((text) => typeof text === 'string'))[Symbol.iterator]();
    const entries: Entry[] = [];
    for (const text of texts) {
      const fields = typeof text === 'string' ? records.next().value : undefined;
      if (!header) {
        if (fields?.every((name) => name.trim() === '')) continue;
        if (!fields) throw new UnreadableFile('the first line must be a header in UTF-8');
        const names = impliedHeader(fields);
        header = names ?? numberRepeated(fields.map((name: string) => name.trim()));
        onHeader(header);
        const entry = names && parseEntry(names, fields, '');
        if (entry) entries.push(entry);
      } else if (typeof text !== 'string') entries.push({ number: ++number, reason: text.refusal });
      else {
        const entry = parseEntry(header, fields, text);
        if (entry) entries.push(entry);
      }
    }
    return entries;
  }

  for await (const chunk of dialect.adapt(bytes)) yield parseEntries(cutter.feed(chunk));
  yield parseEntries(cutter.end());
  if (!header) throw new UnreadableFile('the file has no header: the first line must name the columns');
}

/** A quote that is not closed makes the following lines a part of its row. */
const explainQuotes = (lines: number): string =>
  lines === 1 ? 'invalid CSV quotes' : `invalid CSV quotes, which make ${lines} lines one row`;

const CSV_REFUSALS = {
  'too-large': `${PIECE_REFUSALS['too-large']}: perhaps a quote is not closed`,
  'cut-off': 'a quote is not closed: the rest of the file is not read',
} as const;

/** If two columns have the same name, renames the second, so that its values are reported. */
const numberRepeated = (names: readonly string[]): string[] =>
  names.map((name, index) => {
    const before = names.slice(0, index).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });

/** Databases write NULL, null and \N for an empty field. */
const readCell = (text = ''): string => (/^(?:NULL|null|\\N)$/.test(text) ? '' : text);

function decode(piece: Piece): string | { refusal: string } {
  if (typeof piece === 'string') return { refusal: CSV_REFUSALS[piece] };
  if (!isUtf8(piece)) return { refusal: 'not UTF-8' };
  return piece.toString().replace(/\r$/, '');
}
