import { isUtf8 } from 'node:buffer';
import { cutList } from '../list-cutter.ts';
import { type Cutter, cutElements, cutLines, type Piece } from '../pieces.ts';
import { isRecord, type OpenFile, UnreadableFile } from '../rows.ts';
import { peek } from '../text/decoding.ts';
import { skipPreamble } from '../text/preamble.ts';
import type { Entry } from './entries.ts';

/** Why a piece was rejected. */
export const PIECE_REFUSALS = {
  'too-large': 'larger than 1 MiB',
  'cut-off': 'the file ends or is broken here',
} as const;

/** The object, or the reason why it is not valid. */
export function parseObject(piece: Piece): Record<string, unknown> | string {
  if (typeof piece === 'string') return PIECE_REFUSALS[piece];
  if (!isUtf8(piece)) return 'not UTF-8';
  try {
    const value: unknown = JSON.parse(piece.toString());
    return isRecord(value) ? value : 'not a JSON object';
  } catch {
    return 'not JSON';
  }
}

const isBlank = (piece: Piece): boolean => Buffer.isBuffer(piece) && piece.toString('latin1').trim() === '';

interface Options {
  /** The lists in which an object can contain the records, such as `users`. */
  lists?: readonly string[];
  /** Called with the number of lines before the JSON that were skipped. */
  onSkipped(lines: number): void;
}

/** Objects in JSON: one per line, in arrays, or in a list inside an object. */
export async function* jsonEntries(open: OpenFile, { lists = [], onSkipped }: Options): AsyncGenerator<Entry[]> {
  const [head, chunks] = await peek(skipPreamble(open(), onSkipped));
  const cutter = chooseCutter(head.toString('latin1').trimStart(), lists);
  let number = 0;
  let isAny = false;
  const parse = (pieces: Piece[]): Entry[] =>
    pieces.flatMap((piece) => {
      if (isBlank(piece)) return [];
      isAny = true;
      number += 1;
      const record = parseObject(piece);
      return typeof record === 'string' ? { number, reason: record } : { number, record };
    });
  for await (const chunk of chunks) yield parse(cutter.feed(chunk));
  yield parse(cutter.end());
  if (!isAny && cutter.hasFound?.() === false)
    throw new UnreadableFile(`the file is one JSON object without a list ${lists.join(' or ')}`);
}

function chooseCutter(head: string, lists: readonly string[]): Cutter {
  if (!head.startsWith('{')) return cutElements();
  if (lists.length === 0) return cutLines();
  const end = head.indexOf('\n');
  const first = parseObject(Buffer.from(end === -1 ? head : head.slice(0, end), 'latin1'));
  // A file of one line is an object with a list, or one record.
  const isRecordLine = typeof first !== 'string' && !lists.some((list) => Array.isArray(first[list]));
  return isRecordLine ? cutLines() : cutList(lists);
}
