import { describe, expect, test } from 'vitest';
import { inBatches } from '../../src/features/transfer/batches.ts';
import { parseBoolean, parseText, parseTime, parseWords } from '../../src/features/transfer/cell-values.ts';
import { createDigestTable } from '../../src/features/transfer/digest-table.ts';
import { escapeFormula, isFormula, unescapeFormula } from '../../src/features/transfer/formats/formula.ts';
import { openSource } from '../../src/features/transfer/formats/open-source.ts';
import { createOwners } from '../../src/features/transfer/owners.ts';
import { type Cutter, cutElements, cutLines, cutRecords, type Piece } from '../../src/features/transfer/pieces.ts';
import type { Row, RowSource } from '../../src/features/transfer/rows.ts';

const describePieces = (pieces: readonly Piece[]): string[] =>
  pieces.map((piece) => (typeof piece === 'string' ? `<${piece}>` : piece.toString()));

/** Cuts the text into pieces, and checks that they do not depend on how it is split into chunks. */
function cut(createCutter: () => Cutter, text: string): string[] {
  const bytes = Buffer.from(text);
  const whole = createCutter();
  const expected = describePieces([...whole.feed(bytes), ...whole.end()]);
  for (let size = 1; size < Math.min(bytes.length, 9); size++) {
    const cutter = createCutter();
    const pieces: Piece[] = [];
    for (let at = 0; at < bytes.length; at += size) pieces.push(...cutter.feed(bytes.subarray(at, at + size)));
    expect(describePieces([...pieces, ...cutter.end()])).toEqual(expected);
  }
  return expected;
}

describe('a file is split into rows', () => {
  test('by lines', () => {
    expect(cut(cutLines, '{"a":1}\n\n{"b":"é"}')).toEqual(['{"a":1}', '', '{"b":"é"}']);
    expect(cut(cutLines, '')).toEqual([]);
  });

  test('by CSV records with line breaks and doubled quotes in fields', () => {
    const records = () => cutRecords(',');
    expect(cut(records, 'a,b\n"x\ny","he said ""\n"""\nlast,"1"')).toEqual([
      'a,b',
      '"x\ny","he said ""\n"""',
      'last,"1"',
    ]);
    expect(cut(records, '5" disk,1\nnext,""\n')).toEqual(['5" disk,1', 'next,""']);
    expect(cut(records, 'a,"open\nb,c\n')).toEqual(['<cut-off>']);
  });

  test('by elements of a JSON array with brackets and quotes in strings', () => {
    expect(cut(cutElements, ' [ {"a":"]}\\"["} ,\n{"b":[{}]},1,"x,]" ] ')).toEqual([
      '{"a":"]}\\"["}',
      '{"b":[{}]}',
      '1',
      '"x,]" ',
    ]);
    expect(cut(cutElements, '[]')).toEqual([]);
    expect(cut(cutElements, '[1]\n[2]')).toEqual(['1', '2']);
    expect(cut(cutElements, '')).toEqual(['<cut-off>']);
    expect(cut(cutElements, '[{"a":1},{"b"')).toEqual(['{"a":1}', '<cut-off>']);
    expect(cut(cutElements, '{"a":1}')).toEqual(['<cut-off>']);
    expect(cut(cutElements, '[1] x [2]')).toEqual(['1', '<cut-off>']);
  });

  test('skipping one that is too large', () => {
    const large = 'x'.repeat(1024 * 1024);
    for (const [make, text] of [
      [cutLines, `1\n${large}2\n3\n`],
      [() => cutRecords(','), `1\n"${large}\n2\n"\n3\n`],
      [cutElements, `[1,"${large},2",3]`],
    ] as const) {
      const cutter = make();
      expect(describePieces([...cutter.feed(Buffer.from(text)), ...cutter.end()])).toEqual(['1', '<too-large>', '3']);
    }
  });
});

test('a CSV row with broken quotes does not affect its neighbours', async () => {
  const text = 'email,firstName\na@example.com,Ada\nb@example.com,"B"ob\nc@example.com,"C, ""c"""\n';
  const rows = await readAll(csvSource(text));
  expect(rows).toEqual([
    { kind: 'account', number: 1, values: { email: 'a@example.com', firstName: 'Ada' } },
    { kind: 'refused', number: 2, reason: 'invalid CSV quotes' },
    { kind: 'account', number: 3, values: { email: 'c@example.com', firstName: 'C, "c"' } },
  ]);
});

test.each([' =1+1', '\u00a0@SUM(1)', '" \t=1"', '"\n-1"'])('a formula after spaces is rejected: %j', async (cell) => {
  const source = csvSource(`email,firstName\na@example.com,${cell}\n`);
  expect(await readAll(source)).toMatchObject([{ kind: 'refused', field: 'firstName' }]);
});

const csvSource = (text: string): RowSource =>
  openSource(
    async function* () {
      yield Buffer.from(text);
    },
    { format: 'csv', columns: {}, now: new Date() },
  );

async function readAll(source: RowSource): Promise<Row[]> {
  const found: Row[] = [];
  for await (const rows of source.read()) found.push(...rows);
  return found;
}

test.each(['=1', '+1', '-1', '@x', '\tx', '＝1', "'=1", "''=1", "'x", "it's", 'a=b', ''])(
  '%j is exported as text for spreadsheets and read back unchanged',
  (text) => {
    expect(isFormula(escapeFormula(text))).toBe(false);
    expect(unescapeFormula(escapeFormula(text))).toBe(text);
  },
);

test('cell values are parsed, null if empty and undefined if invalid', () => {
  expect([true, 'T', 'yes', 1, '1'].map(parseBoolean)).toEqual([true, true, true, true, true]);
  expect([false, 'f', 'No', 0].map(parseBoolean)).toEqual([false, false, false, false]);
  expect([null, undefined, '', ' '].map(parseBoolean)).toEqual([null, null, null, null]);
  expect(['maybe', {}, [], 2].map(parseBoolean)).toEqual([undefined, undefined, undefined, undefined]);
  expect([' x ', 998, '', {}].map(parseText)).toEqual(['x', '998', null, undefined]);
  expect([['A'], 'a, b', null, [1]].map(parseWords)).toEqual([['A'], ['a', 'b'], [], undefined]);
});

test('times are read as Django, PostgreSQL and JSON write them, in UTC without a zone', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  const read = (text: unknown) => parseTime(text, now)?.toISOString();
  expect(read('2024-05-31T09:00:00.123456Z')).toBe('2024-05-31T09:00:00.123Z');
  expect(read('2024-05-31 09:00:00.5+05')).toBe('2024-05-31T04:00:00.500Z');
  expect(read('2024-05-31T09:00:00')).toBe('2024-05-31T09:00:00.000Z');
  expect(read('2024-05-31')).toBe('2024-05-31T00:00:00.000Z');
  expect(read('2024-05-31 09:00:00 UTC')).toBe('2024-05-31T09:00:00.000Z');
  expect(read('2024-05-31 09:00:00.5 +0500 UTC')).toBe('2024-05-31T04:00:00.500Z');
  for (const epoch of [1717146000, '1717146000', '1717146000.25', 1717146000000, '1717146000000', 1717146000000000])
    expect(read(epoch)?.slice(0, 19)).toBe('2024-05-31T09:00:00');
  for (const zero of [
    '0000-00-00',
    '0000-00-00 00:00:00',
    '0001-01-01T00:00:00Z',
    0,
    '0',
    '1970-01-01T00:00:00Z',
    'NULL',
    '\\N',
  ])
    expect(parseTime(zero, now)).toBeNull();
  const wrong = [
    '2027-01-01',
    '2026-01-02T00:00:01',
    '1969-12-31',
    '31.05.2024',
    '2024-13-01',
    '2023-02-29',
    'soon',
    20240531,
    '1.71715E+12',
  ];
  for (const text of wrong) expect(parseTime(text, now)).toBeUndefined();
  expect(parseTime('', now)).toBeNull();
});

test('a recent sign-in time from a fast clock, or in local time without a zone, is not rejected', () => {
  const now = new Date('2026-01-01T00:00:00Z');
  expect(parseTime('2026-01-01T00:04:59Z', now)).toEqual(now);
  // Django with USE_TZ = False in Tashkent.
  expect(parseTime('2026-01-01T04:59:59.5', now)).toEqual(now);
});

test('a failing batch ends the import, even if nothing is waiting for it at that moment', async () => {
  async function* source() {
    for (let portion = 0; portion < 5; portion++) {
      yield Array.from({ length: 500 }, (_, n) => ({ kind: 'account', number: n, values: {} }) as const);
      await new Promise(setImmediate);
    }
  }
  const written: number[] = [];
  const write = async (batch: Row[]) => {
    if (written.push(batch.length) === 2) throw new Error('the second');
  };
  await expect(inBatches(source(), (row) => row, write, undefined)).rejects.toThrow('the second');
  expect(written.length).toBeLessThan(5);
});

test('finds the right account for each of fifty thousand values', () => {
  const seen = createDigestTable();
  const owners = createOwners();
  const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
  for (let n = 0; n < 50_000; n++) {
    if (!seen.add(`person ${n}`)) throw new Error(`${n} is taken for another`);
    owners.set(String(n), id(n), true);
  }
  for (let n = 0; n < 50_000; n += 97) {
    expect(seen.add(`person ${n}`)).toBe(false);
    expect(owners.get(String(n))).toBe(id(n));
  }
  owners.set('7', id(8), true);
  expect(owners.get('7')).toBe(id(8));
  expect([seen.has('unknown'), owners.get('unknown')]).toEqual([false, undefined]);
});
