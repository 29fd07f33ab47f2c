import { cutLines, type Piece } from '../pieces.ts';
import { ACCOUNT_FIELDS, type ColumnMap, type OpenFile, own, type Row, type RowSource } from '../rows.ts';
import { parseObject, withoutMark } from './json.ts';

const isBlank = (piece: Piece): boolean => Buffer.isBuffer(piece) && piece.toString('latin1').trim() === '';

/** One JSON object per line, as written by `users export --format jsonl`. */
export function jsonLines(open: OpenFile, columns: ColumnMap): RowSource {
  function parseRow(piece: Piece, number: number): Row {
    const record = parseObject(piece);
    if (typeof record === 'string') return { kind: 'refused', number, reason: record };
    const values = Object.fromEntries(ACCOUNT_FIELDS.map((field) => [field, own(record, columns[field] ?? field)]));
    return { kind: 'account', number, values, identities: own(record, 'identities') };
  }

  return {
    async *read() {
      const cutter = cutLines();
      let number = 0;
      const parseRows = (pieces: Piece[]) =>
        pieces.filter((piece) => !isBlank(piece)).map((piece) => parseRow(piece, ++number));
      for await (const chunk of withoutMark(open())) yield parseRows(cutter.feed(chunk));
      yield parseRows(cutter.end());
    },
  };
}
