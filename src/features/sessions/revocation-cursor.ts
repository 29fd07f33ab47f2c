import { isId } from '../../core/ids.ts';
import type { Revocation } from './revocation-list.repo.ts';

/** A place in the list of revocations: after the revocations of an earlier time, or of the same time and a smaller id. */
export interface RevocationCursor {
  /** As the client got it. */
  text: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Empty: before all revocations of that time. */
  sessionId: string;
}

const CURSOR = /^(\d{1,15})(?:\.([0-9a-f-]{36}))?$/;

/** Undefined if the text is no cursor. */
export function parseCursor(text: string): RevocationCursor | undefined {
  const [, at, sessionId = ''] = CURSOR.exec(text) ?? [];
  if (at === undefined || (sessionId !== '' && !isId(sessionId))) return undefined;
  return { text, at: Number(at), sessionId };
}

export const START: RevocationCursor = { text: '0', at: 0, sessionId: '' };

/** The cursor after a revocation. */
export const cursorAfter = ({ revokedAt, sessionId }: Revocation): string => `${revokedAt.getTime()}.${sessionId}`;

/** The number of revocations before the cursor. @param list in order */
export function countBefore(list: readonly Revocation[], { at, sessionId }: RevocationCursor): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    const time = item?.revokedAt.getTime() ?? 0;
    const isBefore = item !== undefined && (time < at || (time === at && item.sessionId <= sessionId));
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}
