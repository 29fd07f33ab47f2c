import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type OpenFile, UnreadableFile } from '../rows.ts';
import { findBinary, findOtherText } from './file-kinds.ts';

const GZIP = Buffer.from([0x1f, 0x8b]);
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const [UTF16_LE_MARK, UTF16_BE_MARK] = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];
/** A file may be compressed twice, but not endlessly. */
const MAX_LAYERS = 3;
/** Bytes in which UTF-16 without a mark is recognised. */
const SAMPLE = 512;

const startsWith = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);

/**
 * The text of a file as UTF-8 without a byte order mark. Reads gzip and UTF-16, which shells on Windows write. Throws
 * UnreadableFile, with what the file is, for anything that is not text.
 */
export const decodeText = (open: OpenFile): OpenFile =>
  async function* () {
    let [head, bytes] = await peek(open());
    for (let layer = 0; layer < MAX_LAYERS && startsWith(head, GZIP); layer++) [head, bytes] = await peek(unzip(bytes));
    const archive = findBinary(head);
    if (archive) throw new UnreadableFile(archive);
    const encoding = utf16Encoding(head);
    [head, bytes] = await peek(encoding ? fromUtf16(bytes, encoding) : bytes);
    const foreign = findOtherText(head);
    if (foreign) throw new UnreadableFile(foreign);
    yield* withoutMark(bytes);
  };

/** Bytes: more than a header or a line with an account has. */
const PEEKED = 64 * 1024;

/** The first 64 KiB of a file, or all of it, and the file from its beginning. */
export async function peek(chunks: AsyncIterable<Buffer>): Promise<[head: Buffer, all: AsyncGenerator<Buffer>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const parts: Buffer[] = [];
  for (let length = 0; length < PEEKED; ) {
    const next = await iterator.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  const head = Buffer.concat(parts);
  return [head, chain(head, iterator)];
}

async function* chain(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

async function* unzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  // The error is thrown where the bytes are read.
  const unzipped = pipeline(Readable.from(bytes), createGunzip(), () => {});
  try {
    for await (const chunk of unzipped) yield chunk;
  } catch (error) {
    const isDamaged = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
    throw isDamaged ? new UnreadableFile('the gzip file is damaged or cut off') : error;
  }
}

type Utf16 = 'utf-16le' | 'utf-16be';

function utf16Encoding(head: Buffer): Utf16 | undefined {
  if (startsWith(head, UTF16_LE_MARK)) return 'utf-16le';
  if (startsWith(head, UTF16_BE_MARK)) return 'utf-16be';
  // Without a mark: every second byte of ASCII text is zero, and no byte is another control character.
  const sample = head.subarray(0, SAMPLE);
  if (sample.some((byte) => byte > 0 && byte < 0x09)) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (sample.length < 4 || Math.max(even, odd) < sample.length / 4) return undefined;
  if (Math.min(even, odd) > sample.length / 32) return undefined;
  return odd > even ? 'utf-16le' : 'utf-16be';
}

async function* fromUtf16(bytes: AsyncIterable<Buffer>, encoding: Utf16): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
    yield Buffer.from(decoder.decode());
  } catch (error) {
    if (error instanceof TypeError) throw new UnreadableFile('the file is UTF-16, but damaged or cut off');
    throw error;
  }
}

async function* withoutMark(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of bytes) {
    yield isFirst && startsWith(chunk, UTF8_MARK) ? chunk.subarray(UTF8_MARK.length) : chunk;
    isFirst = false;
  }
}
