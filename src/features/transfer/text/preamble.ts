import { UnreadableFile } from '../rows.ts';

/** A line with which JSON begins. Log lines can begin with a bracket too, such as [info] or [12:00:01]. */
const JSON_START = /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[[{\]]|$))/;

/** Bytes of other text that are skipped before the JSON. */
const MAX_PREAMBLE = 64 * 1024;

/**
 * JSON without text before it, which commands print when their output is redirected to the file.
 * @param onSkipped called with the number of lines that were skipped
 */
export async function* skipPreamble(
  chunks: AsyncIterable<Buffer>,
  onSkipped: (lines: number) => void,
): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (!head) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const start = findStart(head);
    if (start) {
      if (start.lines > 0) onSkipped(start.lines);
      yield head.subarray(start.at);
      head = undefined;
    } else if (head.length > MAX_PREAMBLE) throw new UnreadableFile(NOT_JSON);
  }
  if (head && head.toString('latin1').trim() !== '') throw new UnreadableFile(NOT_JSON);
}

const NOT_JSON = 'the file is not JSON: if it is CSV, use --format csv';

function findStart(head: Buffer): { at: number; lines: number } | undefined {
  const text = head.toString('latin1'); // One character per byte.
  let lines = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end === -1 ? undefined : end);
    if (JSON_START.test(line)) return { at, lines };
    if (end === -1) return undefined;
    if (line.trim() !== '') lines += 1;
    at = end + 1;
  }
  return undefined;
}

/** Whether the file is JSON, possibly after other text, rather than CSV. @param head its first bytes */
export const beginsJson = (head: Buffer): boolean => findStart(head.subarray(0, MAX_PREAMBLE)) !== undefined;
