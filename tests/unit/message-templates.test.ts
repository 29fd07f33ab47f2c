import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/core/clock.ts';
import type { Email } from '../../src/core/identifiers.ts';
import { renderMessage } from '../../src/messages/render.ts';
import { createTemplates } from '../../src/messages/templates.ts';
import { EXAMPLE } from '../support/texts.ts';

const directories: string[] = [];
function directory(files: Record<string, string | Buffer>): string {
  const path = mkdtempSync(join(tmpdir(), 'messages-'));
  directories.push(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}
afterAll(() => {
  for (const path of directories) rmSync(path, { recursive: true });
});

const CODE = '048291';
const LINK = 'https://auth.example.com/verify-email?token=QvX3c0hV7bV9mB1nT2kL8zR5&x=1';
const templates = createTemplates({ directory: undefined, product: EXAMPLE });
const verification = {
  to: 'aziza@example.org' as Email, // Parsed by hand.
  code: CODE,
  codeTtl: 10 * MINUTE,
  link: LINK,
  linkTtl: DAY,
  origin: { device: 'Firefox on Linux', ip: '203.0.113.7' },
};

describe('MESSAGE_TEMPLATES', () => {
  const render = (files: Record<string, string>, kind: 'sign-up' | 'verify-email' = 'sign-up') =>
    renderMessage({ kind, ...verification }, 'en', createTemplates({ directory: directory(files), product: EXAMPLE }));

  test('can replace a single file', () => {
    const { html, text, subject } = render({ 'message.html.eta': '<b>Acme</b> <%= it.code %>' });
    expect(html).toBe(`<b>Acme</b> ${CODE}`);
    expect({ subject, text }).toMatchObject({
      subject: renderMessage({ kind: 'sign-up', ...verification }, 'en', templates).subject,
    });
    expect(text).toContain('Confirm your email address');
  });

  test('can replace the template of one kind of message', () => {
    const files = { 'sign-up.txt.eta': 'Welcome! <%= it.code %>' };
    expect(render(files).text).toBe(`Welcome! ${CODE}\n`);
    expect(render(files, 'verify-email').text).not.toContain('Welcome!');
  });

  test('can replace single texts of a language', () => {
    const words = { kinds: { 'sign-up': { subject: 'Welcome to {site}' } }, shared: { button: 'Go' } };
    const { subject, html, text } = render({ 'words.en.json': JSON.stringify(words) });
    expect(subject).toBe('Welcome to Example');
    expect(html).toContain('>Go</a>');
    expect(text).toContain("If this wasn't you");
  });

  test('escape user input as well', () => {
    const files = { 'message.html.eta': '<%= it.origin.map((line) => line.value).join() %><%= it.link %>' };
    expect(render(files).html).not.toMatch(/&x=1/);
  });

  test.each([
    ['a misspelt name', { 'signup.html.eta': 'x' }, /signup\.html\.eta/],
    ['a template that does not compile', { 'message.html.eta': '<% if ( %>' }, /message\.html\.eta/],
    ['a text that does not exist', { 'words.en.json': '{"shared":{"buton":"x"}}' }, /words\.en\.json.*buton/s],
    ['words that are not JSON', { 'words.ru.json': '{' }, /words\.ru\.json/],
    ['a name with another ending', { 'sms.en.json.txt': '{}' }, /sms\.en\.json\.txt.*is it sms\.en\.json\?/],
    ['a name without its ending', { 'sign-up.html': 'x' }, /sign-up\.html is not.*is it sign-up\.html\.eta\?/],
    ['a name in capitals', { 'SMS.EN.JSON': '{}' }, /SMS\.EN\.JSON is not.*is it sms\.en\.json\?/],
    [
      'words in another encoding',
      { 'words.ru.json': Buffer.from([0x7b, 0xcf, 0x7d]) },
      /words\.ru\.json is not in UTF-8/,
    ],
    ['words that are a list', { 'words.ru.json': '[]' }, /words\.ru\.json: the file must be an object/],
    ['a group of texts that is a text', { 'words.ru.json': '{"shared":"x"}' }, /shared must be an object/],
    ['a text that is a number', { 'words.en.json': '{"shared":{"at":5}}' }, /shared\.at must be a text/],
    [
      'a subject on two lines',
      { 'words.en.json': '{"kinds":{"sign-up":{"subject":"a\\nb"}}}' },
      /subject must be one line/,
    ],
    [
      'a text without a visible character',
      { 'words.en.json': '{"shared":{"at":"  "}}' },
      /shared\.at must not be empty/,
    ],
    ['a doubled brace', { 'words.en.json': '{"shared":{"at":"{{product}}"}}' }, /shared\.at: a brace/],
    ['a brace that is not closed', { 'sms.en.json': '{"otp":"{product: {code}"}' }, /otp: .*brace/],
    ['an SMS text with a line separator', { 'sms.en.json': '{"otp":"a\\u2028{code}"}' }, /otp must be a text/],
    ['an SMS text that is reversed', { 'sms.en.json': '{"otp":"\\u202e{code}"}' }, /otp must be a text/],
    ['half a character', { 'sms.en.json': '{"otp":"\\ud83d {code}"}' }, /otp must be a text/],
    ['an SMS text of spaces', { 'sms.en.json': '{"new-device":"  "}' }, /new-device must be a text/],
    [
      'a template that reads an unknown field',
      { 'sign-up.html.eta': '<%= it.cdoe %>' },
      /it\.cdoe is not known; is it code\?/,
    ],
    [
      'a template that reads an unknown detail',
      { 'message.txt.eta': '<%= it.origin[0]?.name %>' },
      /a line of it\.origin\.name/,
    ],
    [
      'a template that forgets "it"',
      { 'message.txt.eta': '<%= subject %>' },
      /message\.txt\.eta: .*subject is not defined/,
    ],
    [
      'a template that includes another',
      { 'sign-up.txt.eta': '<%~ include("header") %>' },
      /sign-up\.txt\.eta: cannot render/,
    ],
    [
      'a template that needs a code',
      { 'sign-up.txt.eta': '<%= it.code.slice(3) %>' },
      /sign-up\.txt\.eta: cannot render sign-up/,
    ],
  ])('prevent startup with %s', (_title, files, message) => {
    expect(() => createTemplates({ directory: directory(files), product: EXAMPLE })).toThrow(message);
  });

  test('prevents startup with a directory or a broken link in place of a file', () => {
    const files = directory({});
    mkdirSync(join(files, 'sms.en.json'));
    symlinkSync(join(files, 'none'), join(files, 'words.ru.json'));
    const create = () => createTemplates({ directory: files, product: EXAMPLE });
    expect(create).toThrow(/sms\.en\.json cannot be read \(EISDIR\)/);
    expect(create).toThrow(/words\.ru\.json cannot be read \(ENOENT\)/);
  });

  test('may contain notes, copies that an editor made, and a byte order mark', () => {
    const words = '\ufeff{"kinds":{"sign-up":{"subject":"Welcome"}}}';
    const files = {
      'words.en.json': words,
      'README.md': 'x',
      'words.en.json~': 'x',
      '.words.en.json.swp': 'x',
      'sms.en.json.bak': '',
    };
    expect(render(files).subject).toBe('Welcome');
  });
});
