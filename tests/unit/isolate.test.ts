import { expect, test } from 'vitest';
import { isolate } from '../../web/shared/isolate.ts';

test.each([
  ['Ada', 'Ada'],
  ['حاسوب', '\u2068حاسوب\u2069'],
  ['\u2068حاسوب\u2069', '\u2068حاسوب\u2069'],
  // Ends its isolate before its end.
  ['\u2068حاسوب\u2069 24 \u2068حاسوب\u2069', '\u2068\u2068حاسوب\u2069 24 \u2068حاسوب\u2069\u2069'],
])('a name is put between isolates once: %j', (name, expected) => {
  expect(isolate(name)).toBe(expected);
  expect(isolate(isolate(name))).toBe(isolate(expected));
});
