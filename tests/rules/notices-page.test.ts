import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NOTICES, type NoticeRule } from '../../src/features/notices/notice-table.ts';

const name = (kind: string | undefined) => (kind ? `\`${kind}\`` : '–');

test('docs/security.md shows who is told of each change of an account, as the code has it', () => {
  const page = readFileSync(new URL('../../docs/security.md', import.meta.url), 'utf8');
  const shown = page.split('## Who is notified of a change')[1]?.split('\n## ')[0] ?? '';
  const rows = Object.entries<NoticeRule>(NOTICES).map(([change, rule]) => {
    const { mail, text, toRemovedAddress, toRemovedNumber, link } = rule;
    return `| ${change} | ${[mail, text, toRemovedAddress, toRemovedNumber].map(name).join(' | ')} | ${link ?? '–'} |`;
  });
  const lines = shown.split('\n').filter((line) => line.startsWith('| '));
  expect(lines.slice(1)).toEqual(rows);
});
