import { isUtf8 } from 'node:buffer';
import type { Piece } from '../pieces.ts';
import { isRecord } from '../rows.ts';

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

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Removes the byte order mark that some editors write. */
export async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of bytes) {
    const hasMark = isFirst && chunk.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
    yield hasMark ? chunk.subarray(BYTE_ORDER_MARK.length) : chunk;
    isFirst = false;
  }
}
