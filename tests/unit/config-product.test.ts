import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Environment, loadConfig } from '../../src/config.ts';
import { textColorOn } from '../../src/messages/product.ts';

const SECRET_KEY = randomBytes(32).toString('base64');

function load(env: Environment) {
  const loaded = loadConfig({ SECRET_KEY, PUBLIC_URL: 'https://auth.example.com', ...env });
  if ('errors' in loaded) throw new Error(loaded.errors.join('\n'));
  return loaded.config.product;
}
function loadErrors(env: Environment): string[] {
  const loaded = loadConfig({ SECRET_KEY, ...env });
  return 'errors' in loaded ? loaded.errors : [];
}

describe('PRODUCT_NAME', () => {
  test.each([
    ['is what it says', { PRODUCT_NAME: 'Bozor 24' }, 'Bozor 24'],
    ['may be in any script', { PRODUCT_NAME: 'Базар «Чорсу»' }, 'Базар «Чорсу»'],
    ['takes precedence over the sender', { PRODUCT_NAME: 'Bozor', MAIL_FROM: 'Other <a@example.com>' }, 'Bozor'],
    ['is the name of the sender by default', { MAIL_FROM: 'Example <no-reply@example.com>' }, 'Example'],
    ['is the host if the sender has no name', { MAIL_FROM: 'no-reply@example.com' }, 'auth.example.com'],
    [
      'is not the name of a sender that it could not be',
      { MAIL_FROM: '"{code} <x>" <a@example.com>' },
      'auth.example.com',
    ],
    ['may be an emoji', { PRODUCT_NAME: '👨‍👩‍👧 1' }, '👨‍👩‍👧 1'],
    ['may be written from right to left', { PRODUCT_NAME: 'متجر\u200f' }, 'متجر\u200f'],
    ['is the host otherwise', {}, 'auth.example.com'],
  ])('%s', (_title, env, name) => {
    expect(load(env).name).toBe(name);
  });
});

test('support, logo and colour are not set by default', () => {
  expect(load({})).toMatchObject({ support: undefined, logoUrl: undefined, color: undefined });
});

test.each([
  ['#1a56b8', '#1a56b8'],
  ['#FFF', '#ffffff'],
  ['#0aF', '#00aaff'],
])('PRODUCT_COLOR %s is %s', (text, color) => {
  expect(load({ PRODUCT_COLOR: text }).color).toBe(color);
});

test.each([
  ['PRODUCT_NAME', ['{code}', 'a<b>', 'x'.repeat(61), 'two\nlines', 'two\u2028lines', 'a\u202eb', '\u200b']],
  ['SUPPORT_CONTACT', ['{x}', 'x'.repeat(121), 'a\nb', 'a\u2029b', '\u2066a']],
  [
    'PRODUCT_LOGO_URL',
    ['http://example.com/logo.png', 'logo.png', 'https://a:b@example.com/x.png', 'javascript:alert(1)'],
  ],
  ['PRODUCT_COLOR', ['red', '#12', '#1234', '#ggg', '1a56b8', '#1a56b8;}']],
])('%s rejects invalid values', (name, texts) => {
  for (const text of texts)
    expect(loadErrors({ [name]: text }), text).toEqual([expect.stringMatching(`^${name} must be`)]);
});

test.each([
  ['#ffffff', '#000000'],
  ['#000000', '#ffffff'],
  ['#1a56b8', '#ffffff'],
  ['#ffd400', '#000000'],
  ['#17693a', '#ffffff'],
])('text on %s is %s', (color, text) => {
  expect(textColorOn(color)).toBe(text);
});
