import { type Cutter, createRowBuffer, type Piece } from './pieces.ts';

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Bytes of a name that are compared. */
const MAX_NAME = 100;

/**
 * The objects of JSON texts that follow each other, in lists or not. If an object has a list with one of these names, such
 * as `users`, the elements of that list are taken instead of the object: a file can have several pages.
 * @param separate names of other lists that the caller must know of
 */
export function cutObjects(names: readonly string[], separate: readonly string[] = []): Cutter {
  const row = createRowBuffer();
  /** Open brackets; `base` of them are lists around the objects. */
  let [depth, base] = [0, 0];
  let place: 'outside' | 'object' | 'list' | 'lost' = 'outside';
  /** Whether the bytes belong to a row. */
  let isRow = false;
  let [isString, isEscaped] = [false, false];
  /** The last string directly in the object, and whether a colon followed it. */
  let [text, isName] = ['', false];
  let [hasList, hasFound] = [false, false];
  /** The separate list in this object, and the one beside a list that was taken. */
  let [beside, foundBeside]: (string | undefined)[] = [];
  /** An only object without a list is the wrong file, or a page without accounts. */
  let first: Piece | undefined;
  let objects = 0;

  function readString(byte: number): void {
    if (isEscaped) isEscaped = false;
    else if (byte === BACKSLASH) isEscaped = true;
    else if (byte === QUOTE) isString = false;
    if (isString && place === 'object' && depth === base + 1 && text.length < MAX_NAME)
      text += String.fromCharCode(byte);
  }

  /** What to do with this byte outside of strings: begin a row with it, end one before or with it, or drop it. */
  function step(byte: number): 'begin' | 'before' | 'with' | 'drop' | undefined {
    const isElement = place === 'list' ? depth === base + 2 : place === 'outside' && base > 0;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      depth += 1;
      if (place === 'outside') {
        if (byte === OPEN_ARRAY) base += 1;
        else [place, hasList, beside] = ['object', false, undefined];
        return byte === OPEN_OBJECT ? 'begin' : undefined;
      }
      if (place === 'object' && byte === OPEN_ARRAY && depth === base + 2 && isName && names.includes(text)) {
        [place, hasList, hasFound] = ['list', true, true];
        return 'drop';
      }
      if (place === 'object' && depth === base + 3 && isName && separate.includes(text)) beside = text;
      return isElement ? 'begin' : undefined;
    }
    if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (place === 'outside') base -= 1;
      else if (place === 'list' && depth === base + 1) [place, isName] = ['object', false];
      else if (place === 'list') return depth === base + 2 ? 'with' : undefined;
      else if (depth > base) return undefined;
      else {
        place = 'outside';
        if (hasList) foundBeside ??= beside;
        return hasList ? 'drop' : 'with';
      }
      return isRow ? 'before' : undefined;
    }
    if (byte === COMMA) {
      if (depth === base + 1) isName = false;
      return isElement && isRow ? 'before' : undefined;
    }
    if (byte === COLON && depth === base + 1) isName = true;
    return isElement && !isRow && !isSpace(byte) ? 'begin' : undefined;
  }

  /** The first object is kept back until something follows it. */
  function finish(pieces: Piece[]): void {
    const piece = row.finish();
    isRow = false;
    objects += 1;
    if (objects === 1 && place === 'outside' && base === 0) first = piece;
    else pieces.push(piece);
  }

  return {
    feed(chunk): Piece[] {
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length && place !== 'lost'; at++) {
        const byte = chunk[at] ?? 0;
        if (isString) {
          readString(byte);
          continue;
        }
        const action = step(byte);
        if (byte === QUOTE)
          [isString, text, isName] = [true, place === 'object' && depth === base + 1 ? '' : text, false];
        if (action === 'begin' && !isRow) {
          [isRow, from] = [true, at];
          if (first !== undefined) pieces.push(first);
          first = undefined;
        } else if (action === 'drop') {
          row.finish();
          isRow = false;
        } else if ((action === 'with' || action === 'before') && isRow) {
          row.add(chunk.subarray(from, action === 'with' ? at + 1 : at));
          finish(pieces);
        }
        const isOther = action === undefined && depth === 0 && base === 0 && !isRow && !isSpace(byte);
        if (base < 0 || (isOther && byte !== COMMA && byte !== CLOSE_ARRAY)) {
          place = 'lost';
          pieces.push('cut-off');
        }
      }
      if (isRow) row.add(chunk.subarray(from));
      return pieces;
    },
    end() {
      const rest: Piece[] = first !== undefined && names.length === 0 ? [first] : [];
      return depth > 0 && place !== 'lost' ? [...rest, 'cut-off'] : rest;
    },
    listBeside: () => foundBeside,
    hasFound: () => hasFound || objects !== 1 || first === undefined,
  };
}
