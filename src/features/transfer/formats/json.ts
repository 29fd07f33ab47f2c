import { isUtf8 } from 'node:buffer';
import type { Piece } from '../pieces.ts';
import { isRecord } from '../rows.ts';

/** Why a piece is not a row. */
export const PIECE_REFUSALS = {
  'too-large': 'the row has more than 1 MiB',
  'cut-off': 'the file ends or breaks off here',
} as const;

/** The object that a piece spells, or what is wrong with it. */
export function parseObject(piece: Piece): Record<string, unknown> | string {
  if (typeof piece === 'string') return PIECE_REFUSALS[piece];
  if (!isUtf8(piece)) return 'it is not UTF-8';
  try {
    const value: unknown = JSON.parse(piece.toString());
    return isRecord(value) ? value : 'it is not a JSON object';
  } catch {
    return 'it is not JSON';
  }
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes without the mark that some editors put before them. */
export async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of bytes) {
    const hasMark = isFirst && chunk.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    yield hasMark ? chunk.subarray(BYTE_ORDER_MARK.length) : chunk;
    isFirst = false;
  }
}
