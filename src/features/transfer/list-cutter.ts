import { type Cutter, cutElements, type Piece } from './pieces.ts';

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const OPENING = new Set([0x7b, 0x5b]);
const CLOSING = new Set([0x7d, 0x5d]);
const OPEN_ARRAY = 0x5b;

/** Bytes of a name that are compared. */
const MAX_NAME = 100;

/** The elements of the first list with one of these names that is directly in the JSON object, such as `users`. */
export function cutList(names: readonly string[]): Cutter {
  let elements: Cutter | undefined;
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  /** The text of the last string in the object itself. */
  let text = '';
  /** Whether that string was followed by a colon. */
  let isName = false;

  /** Whether the list begins with this byte. */
  function beginsList(byte: number): boolean {
    if (isString) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) isString = false;
      if (isString && depth === 1 && text.length < MAX_NAME) text += String.fromCharCode(byte);
      return false;
    }
    if (byte === QUOTE) {
      isString = true;
      if (depth === 1) [text, isName] = ['', false];
    } else if (byte === COLON) isName = depth === 1;
    else if (byte === COMMA && depth === 1) isName = false;
    else if (OPENING.has(byte)) {
      if (byte === OPEN_ARRAY && depth === 1 && isName && names.includes(text)) return true;
      depth += 1;
    } else if (CLOSING.has(byte)) depth -= 1;
    return false;
  }

  return {
    feed(chunk): Piece[] {
      if (elements) return elements.feed(chunk);
      for (let at = 0; at < chunk.length; at++) {
        if (!beginsList(chunk[at] ?? 0)) continue;
        elements = cutElements(true);
        return elements.feed(chunk.subarray(at));
      }
      return [];
    },
    end: () => elements?.end() ?? [],
    hasFound: () => elements !== undefined,
  };
}
