/** Bytes of one row. Larger rows are not kept in memory. */
export const ROW_MAX_BYTES = 1024 * 1024;

/** The bytes of one row. 'cut-off': the file ends in the middle of it. */
export type Piece = Buffer | 'too-large' | 'cut-off';

/** Splits a stream of bytes into rows. */
export interface Cutter {
  feed(chunk: Buffer): Piece[];
  /** The last row, at the end of the file. */
  end(): Piece[];
  /** Whether the list that contains the rows was found. */
  hasFound?(): boolean;
  /** A list that was not read although its rows belong to the rows of the list that was. Known at the end. */
  listBeside?(): string | undefined;
}

/** Collects the bytes of a row, which can span several chunks. Drops rows that are too large. */
export function createRowBuffer() {
  let parts: Buffer[] = [];
  let length = 0;
  return {
    add(bytes: Buffer): void {
      length += bytes.length;
      if (length > ROW_MAX_BYTES) parts = [];
      else if (bytes.length > 0) parts.push(bytes);
    },
    /** The row, which starts again. */
    finish(): Piece {
      const piece = length > ROW_MAX_BYTES ? 'too-large' : Buffer.concat(parts);
      parts = [];
      length = 0;
      return piece;
    },
    isEmpty: () => length === 0,
  };
}

const [NEWLINE, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x7b, 0x7d, 0x5b, 0x5d];
const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** One row per line. */
export function cutLines(): Cutter {
  const row = createRowBuffer();
  return {
    feed(chunk) {
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
        row.add(chunk.subarray(from, at));
        pieces.push(row.finish());
        from = at + 1;
      }
      row.add(chunk.subarray(from));
      return pieces;
    },
    end: () => (row.isEmpty() ? [] : [row.finish()]),
  };
}

/**
 * The records of a CSV file (RFC 4180). A line break inside quotes belongs to its field, so the content of a field never
 * becomes a row.
 */
export function cutRecords(delimiter: string): Cutter {
  const separator = delimiter.charCodeAt(0);
  const row = createRowBuffer();
  let isQuoted = false;
  /** A quote opens a field at its start, or reopens one that a quote has just closed (a doubled quote). */
  let mayOpen = true;
  return {
    feed(chunk) {
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at];
        if (byte === QUOTE) {
          [isQuoted, mayOpen] = [!isQuoted && mayOpen, isQuoted];
          continue;
        }
        if (byte === NEWLINE && !isQuoted) {
          row.add(chunk.subarray(from, at));
          pieces.push(row.finish());
          from = at + 1;
        }
        mayOpen = byte === NEWLINE || byte === separator;
      }
      row.add(chunk.subarray(from));
      return pieces;
    },
    end() {
      if (row.isEmpty()) return [];
      const piece = row.finish();
      return [isQuoted ? 'cut-off' : piece];
    },
  };
}

/** The elements of one or more JSON arrays, not parsed. Anything else between arrays is 'cut-off', and reading stops. */
export function cutElements(): Cutter {
  const row = createRowBuffer();
  let place: 'empty' | 'outside' | 'between' | 'inside' | 'lost' = 'empty';
  let depth = 0;
  let isString = false;
  let isEscaped = false;

  /** Whether the element ends before or with this byte. */
  function endsElement(byte: number): 'before' | 'with' | undefined {
    if (isString) {
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) isString = false;
      return undefined;
    }
    if (byte === QUOTE) isString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth += 1;
    else if (depth === 0) return byte === COMMA || byte === CLOSE_ARRAY ? 'before' : undefined;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      depth -= 1;
      if (depth === 0) return 'with';
    }
    return undefined;
  }

  return {
    feed(chunk) {
      const pieces: Piece[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] ?? 0;
        if (place === 'inside') {
          const end = endsElement(byte);
          if (!end) continue;
          row.add(chunk.subarray(from, end === 'with' ? at + 1 : at));
          pieces.push(row.finish());
          place = end === 'before' && byte === CLOSE_ARRAY ? 'outside' : 'between';
        } else if (isSpace(byte) || place === 'lost') continue;
        else if (place === 'between') {
          if (byte === COMMA) continue;
          place = byte === CLOSE_ARRAY ? 'outside' : 'inside';
          from = at;
          if (place === 'inside') endsElement(byte);
        } else {
          place = byte === OPEN_ARRAY ? 'between' : 'lost';
          if (place === 'lost') pieces.push('cut-off');
        }
      }
      if (place === 'inside') row.add(chunk.subarray(from));
      return pieces;
    },
    end: () => (place === 'outside' || place === 'lost' ? [] : ['cut-off']),
  };
}
