/** The first bytes of files that are not text, as Latin-1, and what to do instead. */
const SIGNATURES: readonly (readonly [signature: string, advice: string])[] = [
  ['PK\u0003\u0004', 'the file is a ZIP archive or an Excel workbook: unpack it, or save the sheet as CSV'],
  ['\u00d0\u00cf\u0011\u00e0', 'the file is an Excel workbook: save the sheet as CSV'],
  ['BZh', 'the file is compressed with bzip2: unpack it'],
  ['\u00fd7zXZ', 'the file is compressed with xz: unpack it'],
  ['\u0028\u00b5\u002f\u00fd', 'the file is compressed with zstd: unpack it'],
  ['7z\u00bc\u00af', 'the file is a 7-Zip archive: unpack it'],
  ['SQLite format 3', 'the file is a SQLite database: export a table as CSV'],
  ['PGDMP', 'the file is a PostgreSQL dump: export the table with \\copy … csv header'],
  ['PAR1', 'the file is Parquet: export the table as CSV'],
  ['\u001f\u008b', 'the file is compressed with gzip several times: unpack it'],
  ['\u00ff\u00fe\0\0', 'the file is UTF-32: save it as UTF-8'],
  ['%PDF', 'the file is a PDF: export the accounts as CSV or JSON'],
];

/** How text begins that is neither JSON nor CSV. A byte order mark may come before it. */
const FORMS: readonly (readonly [form: RegExp, advice: string])[] = [
  [/^\s*<\?xml|^\s*<django-objects/, 'the file is XML: dump it with --format json'],
  [/^\s*<(?:!doctype|html)/i, 'the file is a web page, perhaps a sign-in page instead of a download'],
  [/^\s*</, 'the file is XML or HTML: export it as JSON or CSV'],
  [/^\s*(?:---\s*)?- (?:model|email|id):/, 'the file is YAML: dump it with --format json'],
  [/^(?:---\s*\n)?[A-Za-z_]+:[ \t]*\r?\n[ \t]*- /, 'the file is YAML: export it as JSON'],
  [
    /^\s*(?:--[^\n]*\n\s*|\/\*[^\n]*\n\s*)*(?:INSERT INTO|CREATE TABLE|SET [A-Za-z_]+ ?=|COPY [^\n]* FROM stdin)/i,
    'the file is an SQL script: export the table as CSV',
  ],
];

/** Bytes that are looked at. */
const HEAD = 4096;
/** Where a tar archive has its mark (POSIX.1, pax). */
const TAR_MARK = 257;
/** Text with a few zero bytes is text: only the rows with them are rejected. */
const MAX_ZEROS = 1 / 20;

const decodeHead = (head: Buffer): string => head.subarray(0, HEAD).toString('latin1');

/** What a file is that is not text, and the advice; undefined for anything else. @param head its first bytes */
export function findBinary(head: Buffer): string | undefined {
  const text = decodeHead(head);
  if (text.startsWith('ustar', TAR_MARK)) return 'the file is a tar archive: unpack it';
  return SIGNATURES.find(([signature]) => text.startsWith(signature))?.[1];
}

/** What a text is that is neither JSON nor CSV, and the advice; undefined if it may be one. @param head its first bytes */
export function findOtherText(head: Buffer): string | undefined {
  const text = decodeHead(head).replace(/^\u00ef\u00bb\u00bf/, '');
  const known = FORMS.find(([form]) => form.test(text))?.[1];
  const zeros = text.split('\0').length - 1;
  return (
    known ?? (zeros > text.length * MAX_ZEROS ? 'the file is not text: export it as JSON or CSV in UTF-8' : undefined)
  );
}
