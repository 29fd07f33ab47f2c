import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../src/core/clock.ts';
import type { Email } from '../../src/core/identifiers.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { aged, MESSAGE_KINDS, type Message } from '../../src/messages/message.ts';
import { plainDevice, plainIp } from '../../src/messages/plain.ts';
import { renderMessage } from '../../src/messages/render.ts';
import { createTemplates } from '../../src/messages/templates.ts';

const CODE = '048291';
const LINK = 'https://auth.example.com/verify-email?token=QvX3c0hV7bV9mB1nT2kL8zR5&x=1';
const templates = createTemplates({ directory: undefined, site: 'Example' });
const to = 'aziza@example.org' as Email; // Parsed by hand.
const origin = { device: 'Firefox 128.0 on Linux', ip: '203.0.113.7' };
const proof = { to, code: CODE, codeTtl: 10 * MINUTE, link: LINK, linkTtl: DAY, origin };

const directories: string[] = [];
function directory(files: Record<string, string>): string {
  const path = mkdtempSync(join(tmpdir(), 'messages-'));
  directories.push(path);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}
afterAll(() => {
  for (const path of directories) rmSync(path, { recursive: true });
});

const PROVING = ['sign-up', 'verify-email', 'login-email'] as const;
const everywhere = LOCALES.flatMap((locale) => PROVING.map((kind) => [locale, kind] as const));

describe.each(everywhere)('%s %s', (locale, kind) => {
  const { subject, text, html } = renderMessage({ kind, ...proof }, locale, templates);

  test('the code stands alone on its line, and in one element without spaces', () => {
    expect(text.split('\n').filter((line) => line.includes(CODE))).toEqual([CODE]);
    expect(html.match(/048291/g)).toHaveLength(1);
    expect(html).toMatch(/<div class="code"[^>]*letter-spacing[^>]*>048291<\/div>/);
  });

  test('the link stands alone on its line, and is escaped where it is an attribute', () => {
    expect(text.split('\n').filter((line) => line.includes('https://'))).toEqual([LINK]);
    expect(html).toContain(`href="${LINK.replace('&', '&amp;')}"`);
    expect(html).not.toContain(LINK);
  });

  test('the subject, which locked screens show, holds neither the code nor anything a person typed', () => {
    expect(subject).not.toMatch(/048291|aziza|Firefox|203\.0\.113\.7/);
    expect(subject).toContain('Example');
  });

  test('it says where the request came from', () => {
    for (const part of [text, html]) {
      expect(part).toContain('Firefox 128.0 on Linux');
      expect(part).toContain('203.0.113.7');
    }
  });

  test('nothing is left to fill in, and nothing is fetched from elsewhere', () => {
    expect(text + html).not.toMatch(/\{\w+\}|undefined|<%|\[object/);
    expect(html).not.toMatch(/<img|<link|<script|url\(|@import|src=/i);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(text).not.toMatch(/\n{3}/);
  });

  test('it speaks of the code alone, or of the link alone, when there is only that', () => {
    const code = renderMessage({ kind, ...proof, link: undefined }, locale, templates);
    expect(code.text + code.html).not.toContain('https://');
    expect(code.text).toContain(CODE);
    const link = renderMessage({ kind, ...proof, code: undefined }, locale, templates);
    expect(link.text + link.html).not.toContain(CODE);
    expect(link.html).not.toContain('class="code"');
    expect(link.text).toContain(LINK);
  });
});

test.each(LOCALES)('%s already-registered: no code, no link, and not the subject of a sign-up', (locale) => {
  const told = renderMessage({ kind: 'already-registered', to, origin }, locale, templates);
  expect(told.text + told.html).not.toMatch(/https?:|class="code"/);
  expect(told.subject).not.toBe(renderMessage({ kind: 'sign-up', ...proof }, locale, templates).subject);
});

test('the three languages differ, and each message is written in its own', () => {
  const texts = LOCALES.map((locale) => renderMessage({ kind: 'sign-up', ...proof }, locale, templates).text);
  expect(new Set(texts).size).toBe(3);
  expect(texts[1]).toContain('10 минут');
  expect(texts[2]).toContain('10 daqiqa');
  expect(texts[2]).toContain('roʻyxatdan');
});

describe('what a stranger chose', () => {
  test('T31 markup in a device name stays text, in every kind of message', () => {
    const device = `<script>alert(1)</script>"><a href='https://evil.example'>win</a>`;
    for (const kind of MESSAGE_KINDS) {
      const { subject, html } = renderMessage({ kind, ...proof, origin: { device, ip: device } }, 'en', templates);
      expect(html).not.toMatch(/<script|<a href='|evil\.example/);
      expect(subject).not.toContain('alert');
    }
  });

  test('T31 line breaks in a device name add no header and no line', () => {
    const device = 'Phone\r\nBcc: eve@example.net\r\n\r\n999999\r\n';
    const { subject, text } = renderMessage(
      { kind: 'sign-up', ...proof, origin: { device, ip: '::1' } },
      'en',
      templates,
    );
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/^999999$|^Bcc/m);
  });

  test.each([
    ['Firefox 128.0 on Linux', 'Firefox 128.0 on Linux'],
    ['Azizaning telefoni (iPhone 15)', 'Azizaning telefoni (iPhone 15)'],
    ['Телефон Ани', 'Телефон Ани'],
    ['You won! https://evil.example/prize', 'You won https evil example prize'],
    ['evil．example', 'evil example'], // a dot after normalisation
    ['write to eve@evil.example', 'write to eve evil example'],
    ['a\u202Egnp.exe\u0000\u001B[31m', 'a gnp exe 31m'],
    ['x'.repeat(10_000), 'x'.repeat(60)],
    ['\r\n', ''],
  ])('%j becomes %j', (device, shown) => {
    expect(plainDevice(device)).toBe(shown);
  });

  test('what is no IP address is not shown as one', () => {
    expect([plainIp('203.0.113.7'), plainIp('2001:db8::1'), plainIp('evil.example')]).toEqual([
      '203.0.113.7',
      '2001:db8::1',
      '',
    ]);
  });
});

describe('a message that is sent late', () => {
  const message: Message = { kind: 'sign-up', ...proof };

  test('leaves out what has expired, and says how long the rest is still good for', () => {
    expect(aged(message, 0)).toEqual(message);
    expect(aged(message, 4 * MINUTE)).toMatchObject({ code: CODE, codeTtl: 6 * MINUTE });
    expect(aged(message, 10 * MINUTE)).toMatchObject({ code: undefined, link: LINK });
    expect(aged(message, DAY)).toBeUndefined();
    expect(aged({ ...message, link: undefined }, 10 * MINUTE)).toBeUndefined();
  });

  test('is never too late when it says nothing that expires', () => {
    const told: Message = { kind: 'already-registered', to, origin };
    expect(aged(told, 30 * DAY)).toEqual(told);
  });
});

describe("a directory of one's own", () => {
  const render = (files: Record<string, string>, kind: 'sign-up' | 'verify-email' = 'sign-up') =>
    renderMessage({ kind, ...proof }, 'en', createTemplates({ directory: directory(files), site: 'Example' }));

  test('replaces one file and leaves the others ours', () => {
    const { html, text, subject } = render({ 'message.html.eta': '<b>Acme</b> <%= it.code %>' });
    expect(html).toBe(`<b>Acme</b> ${CODE}`);
    expect({ subject, text }).toMatchObject({
      subject: renderMessage({ kind: 'sign-up', ...proof }, 'en', templates).subject,
    });
    expect(text).toContain('Confirm your email address');
  });

  test('replaces the template of one kind of message', () => {
    const files = { 'sign-up.txt.eta': 'Welcome! <%= it.code %>' };
    expect(render(files).text).toBe(`Welcome! ${CODE}\n`);
    expect(render(files, 'verify-email').text).not.toContain('Welcome!');
  });

  test('replaces single texts of a language', () => {
    const words = { kinds: { 'sign-up': { subject: 'Welcome to {site}' } }, shared: { button: 'Go' } };
    const { subject, html, text } = render({ 'words.en.json': JSON.stringify(words) });
    expect(subject).toBe('Welcome to Example');
    expect(html).toContain('>Go</a>');
    expect(text).toContain('If this was not you');
  });

  test('still escapes what a person typed', () => {
    const files = { 'message.html.eta': '<%= it.origin.map((line) => line.value).join() %><%= it.link %>' };
    expect(render(files).html).not.toMatch(/&x=1/);
  });

  test.each([
    ['a misspelt name', { 'signup.html.eta': 'x' }, /signup\.html\.eta/],
    ['a template that does not compile', { 'message.html.eta': '<% if ( %>' }, /message\.html\.eta/],
    ['a text that does not exist', { 'words.en.json': '{"shared":{"buton":"x"}}' }, /words\.en\.json.*buton/s],
    ['words that are no JSON', { 'words.ru.json': '{' }, /words\.ru\.json/],
  ])('%s stops the start and not a message', (_title, files, complaint) => {
    expect(() => createTemplates({ directory: directory(files), site: 'Example' })).toThrow(complaint);
  });
});
