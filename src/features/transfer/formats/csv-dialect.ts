const [NEWLINE, RETURN] = [0x0a, 0x0d];

/** Excel writes it before the header, and reads the delimiter from it. */
const SEPARATOR_LINE = /^"?sep=(.)"?(?:\r?\n|\r)/i;

const DELIMITERS = [',', ';', '\t', '|'];

/** How a CSV file is written. */
export interface Dialect {
  delimiter: string;
  /** The file with line feeds, and without a line that names the delimiter. */
  adapt(bytes: AsyncIterable<Buffer>): AsyncIterable<Buffer>;
}

/** @param head the first bytes of the file @param wanted the delimiter, if it is known */
export function detectDialect(head: Buffer, wanted: string | undefined): Dialect {
  const text = head.toString('latin1'); // One character per byte.
  const [line = '', separator] = SEPARATOR_LINE.exec(text) ?? [];
  const hasOnlyReturns = text.includes('\r') && !text.includes('\n');
  return {
    delimiter: wanted ?? separator ?? mostFrequent(text.slice(line.length)),
    async *adapt(bytes) {
      let skip = line.length;
      for await (const chunk of bytes) {
        const rest = chunk.subarray(skip);
        skip = 0;
        yield hasOnlyReturns ? (rest.map((byte) => (byte === RETURN ? NEWLINE : byte)) as Buffer) : rest; // Keeps its class.
      }
    },
  };
}

/** The delimiter that occurs most often in the header, outside of quotes. */
function mostFrequent(text: string): string {
  const header = (text.trimStart().split(/[\r\n]/)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
