/** RFC 4648 section 6. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

/** Without padding. */
export function toBase32(bytes: Uint8Array): string {
  let [text, buffer, filled] = ['', 0, 0];
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    filled += 8;
    while (filled >= BITS) {
      filled -= BITS;
      text += ALPHABET[(buffer >> filled) & 31];
    }
    buffer &= (1 << filled) - 1;
  }
  return filled > 0 ? text + ALPHABET[(buffer << (BITS - filled)) & 31] : text;
}

/** The text in capitals, without spaces, dashes and padding; undefined if it is not base32. */
export function parseBase32(text: string): string | undefined {
  const compact = text.replace(/[\s-]|=+$/g, '').toUpperCase();
  return /^[A-Z2-7]+$/.test(compact) && ![1, 3, 6].includes(compact.length % 8) ? compact : undefined;
}

/** Bytes that the text encodes. */
export const base32Length = (text: string): number => Math.floor((text.length * BITS) / 8);
