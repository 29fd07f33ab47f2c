import { isUtf8 } from 'node:buffer';
import { cutObjects } from '../list-cutter.ts';
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
    // Joined files have a byte order mark in the middle.
    const value: unknown = JSON.parse(piece.toString().replace(/^\ufeff/, ''));
    return isRecord(value) ? value : 'not a JSON object';
  } catch {
    return 'not JSON';
  }
}

const isBlank = (piece: Piece): boolean => Buffer.isBuffer(piece) && piece.toString('latin1').trim() === '';

interface Options {
  /** The lists in which an object can contain the records, such as `users`. */
  lists?: readonly string[];
  /** Lists beside them without which the records are not complete. */
  separate?: readonly string[];
  /** Called with the number of lines before the JSON that were skipped. */
  onSkipped(lines: number): void;
}

/** Objects in JSON: one per line, one after another, in arrays, or in lists inside objects. */
export async function* jsonEntries(
  open: OpenFile,
  { lists = [], separate = [], onSkipped }: Options,
): AsyncGenerator<Entry[]> {
  const [head, chunks] = await peek(skipPreamble(open(), onSkipped));
  const cutter = chooseCutter(head.toString('latin1').trimStart(), lists, separate);
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
  const beside = cutter.listBeside?.();
  if (beside !== undefined)
    throw new UnreadableFile(
      `the list ${beside} is apart from the users, who would lose their passwords and identities: join the two first, as docs/importing.md shows`,
    );
  if (!isAny && cutter.hasFound?.() === false)
    throw new UnreadableFile(`the file is one JSON object without a list ${lists.join(' or ')}`);
}

function chooseCutter(head: string, lists: readonly string[], separate: readonly string[]): Cutter {
  if (!head.startsWith('{')) return lists.length === 0 ? cutElements() : cutObjects(lists, separate);
  const [first = '', second = ''] = head.split('\n', 2).map((line) => line.trimEnd());
  const parse = (line: string) => parseObject(Buffer.from(line, 'latin1'));
  const isRecord = (line: string) => {
    const record = parse(line);
    return typeof record !== 'string' && !lists.some((list) => Array.isArray(record[list]));
  };
  // Lines are kept apart, so that a broken one affects no other. The first may be broken.
  const isBroken = !/[{[,]$/.test(first) && typeof parse(first) === 'string';
  return isRecord(first) || (isBroken && isRecord(second)) ? cutLines() : cutObjects(lists, separate);
}
