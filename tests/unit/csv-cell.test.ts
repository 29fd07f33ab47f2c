import { expect, test } from 'vitest';
import { cell } from '../../web/console/users/list/csv-cell.ts';

/** How a spreadsheet reads a line whose cells are separated by a semicolon or a tab, as in Russian and Uzbek. */
function readCells(line: string, separator: string): string[] {
  const cells: string[] = [];
  for (let rest = line; ; ) {
    const quoted = /^"((?:[^"]|"")*)"/.exec(rest);
    const after = quoted ? rest.slice(quoted[0].length) : rest;
    const end = after.indexOf(separator);
    cells.push((quoted?.[1]?.replaceAll('""', '"') ?? '') + (end < 0 ? after : after.slice(0, end)));
    if (end < 0) return cells;
    rest = after.slice(end + 1);
  }
}

test.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', ' =1+1', '＝1+1'])('no cell of a download is a formula: %j', (text) => {
  expect(cell(text)).toMatch(/^\s*'/);
});

test.each(['Ada;=1+1', 'Ada; =1+1', 'Ada;"=1+1&"', 'Ada, Ltd;=1+1', 'a;b;@SUM(A1)', 'a\t=1+1', 'a\n=1+1'])(
  'nor where a semicolon or a tab separates cells: %j',
  (text) => {
    const file = `0199,${cell(text)},true`;
    const cells = [';', '\t'].flatMap((separator) => file.split('\n').flatMap((line) => readCells(line, separator)));
    expect(cells.filter((one) => /^\s*[=+\-@]/.test(one))).toEqual([]);
  },
);

test('a cell keeps what is no formula', () => {
  expect(cell('+998901234567')).toBe('+998901234567');
  expect(cell('Ada "Countess", Lovelace')).toBe('"Ada ""Countess"", Lovelace"');
  expect(cell('Smith; Sons')).toBe('Smith; Sons');
  expect(cell('a-b@example.com')).toBe('a-b@example.com');
  expect(cell(['STAFF', 'ADMIN'])).toBe('STAFF ADMIN');
  expect(cell(null)).toBe('');
  expect(cell(true)).toBe('true');
});
