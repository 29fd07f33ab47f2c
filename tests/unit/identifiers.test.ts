import { expect, test } from 'vitest';
import { maskEmail, maskStrangersEmail, parseAsciiEmail, parseEmail } from '../../src/core/identifiers.ts';
import { startOwnTime } from '../support/own-time.ts';

const ONE_MAILBOX = [
  'ada@example.com',
  'Ada@Example.COM',
  '  ada@example.com  ',
  'ada@example.com\r\n',
  'ada＠example.com',
  'ａｄａ@example.com',
  'ada@example․com',
  'ada@ｅｘａｍｐｌｅ．ｃｏｍ',
];

test.each(ONE_MAILBOX)('%j is read as ada@example.com (T31)', (spelling) => {
  expect(parseEmail(spelling)).toBe('ada@example.com');
});

test.each(ONE_MAILBOX)('from another system, %j is the mailbox only in ASCII (T104)', (spelling) => {
  const isAscii = ['ada@example.com', 'Ada@Example.COM'].includes(spelling);
  expect(parseAsciiEmail(spelling)).toBe(isAscii ? 'ada@example.com' : undefined);
});

test('the Kelvin sign is not a k (T104)', () => {
  expect(parseAsciiEmail('\u212aim@example.com')).toBeUndefined();
});

const REJECTED = [
  ['nothing', ''],
  ['no @', 'ada'],
  ['no local part', '@example.com'],
  ['no domain', 'ada@'],
  ['a domain of one label', 'ada@localhost'],
  ['two addresses separated by a comma', 'ada@example.com,eve@example.org'],
  ['two addresses separated by a semicolon', 'ada@example.com;eve@example.org'],
  ['two addresses separated by a space', 'ada@example.com eve@example.org'],
  ['a second @', 'ada@example.org@example.com'],
  ['a second @ in full width', 'ada＠example.org@example.com'],
  ['a header after a line break', 'ada@example.com\r\nBcc: eve@example.org'],
  ['a line feed inside', 'ada\n@example.com'],
  ['a tab inside', 'ada@exam\tple.com'],
  ['NUL', 'ada\0@example.com'],
  ['angle brackets', '<ada@example.com>'],
  ['a name before it', 'Ada <ada@example.com>'],
  ['a comment', 'ada(comment)@example.com'],
  ['a quoted local part', '"ada"@example.com'],
  ['a quoted space', '"ada lovelace"@example.com'],
  ['a quoted @', '"ada@example.org"@example.com'],
  ['a backslash', 'ada\\@example.com'],
  ['an address literal', 'ada@[127.0.0.1]'],
  ['an IPv6 literal', 'ada@[IPv6:::1]'],
  ['an IP address as its domain', 'ada@127.0.0.1'],
  ['a leading dot', '.ada@example.com'],
  ['a trailing dot', 'ada.@example.com'],
  ['two dots', 'a..da@example.com'],
  ['an empty label', 'ada@example..com'],
  ['a hyphen at the end of a label', 'ada@example-.com'],
  ['a trailing dot of the domain', 'ada@example.com.'],
  ['letters that only look like ASCII', 'аda@example.com'],
  ['a dotless i', 'adaı@example.com'],
  ['a zero-width space', 'ada\u200b@example.com'],
  ['a right-to-left override', 'ada\u202e@example.com'],
  ['a percent-encoded line break', 'ada%0d%0a@exam%0aple.com'],
  ['a UUCP route', 'example.org!ada@example.com,x'],
  ['a lone surrogate', 'ada\ud800@example.com'],
  ['a local part of 65 characters', `${'a'.repeat(65)}@example.com`],
  ['255 characters', `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.example`],
] as const;

test.each(REJECTED)('%s is rejected (T31)', (_, spelling) => {
  expect(parseEmail(spelling)).toBeUndefined();
});

test('common addresses are accepted', () => {
  for (const address of [
    "o'brien+tag@sub.example.co.uk",
    'a@b.co',
    'x_y-z@xn--e1afmkfd.xn--p1ai',
    `${'a'.repeat(64)}@b.io`,
  ])
    expect(parseEmail(address)).toBe(address);
});

test('a hostile input of a megabyte is rejected without backtracking', () => {
  const elapsed = startOwnTime();
  for (const text of [`${'a.'.repeat(500_000)}@`, `a@${'b.'.repeat(500_000)}`, '@'.repeat(1_000_000)])
    expect(parseEmail(text)).toBeUndefined();
  expect(elapsed()).toBeLessThan(5_000);
});

test('a masked address keeps its first letter and domain', () => {
  expect(maskEmail('ada@example.com')).toBe('a•••@example.com');
  expect(maskEmail('a@example.com')).toBe('a•••@example.com');
  expect(maskStrangersEmail('ada@call.us-now.example.com')).toBe('a•••@c•••.com');
});
