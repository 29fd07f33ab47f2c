import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/core/clock.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { dropExpired, MESSAGE_KINDS, type MessageKind } from '../../src/messages/message.ts';
import { renderMessage } from '../../src/messages/render.ts';
import { createTemplates } from '../../src/messages/templates.ts';
import { AT, CODE, createMessage, LINK, numbers, origin, to, verification } from '../support/message-examples.ts';
import { EXAMPLE } from '../support/texts.ts';

const templates = createTemplates({ directory: undefined, product: EXAMPLE });

const WITH_CODE = [
  'sign-up',
  'verify-email',
  'login-email',
  'sign-in',
  'reset-password',
  'invitation',
  'change-email',
] as const;
const all = LOCALES.flatMap((locale) => WITH_CODE.map((kind) => [locale, kind] as const));

describe.each(all)('%s %s', (locale, kind) => {
  const { subject, text, html } = renderMessage({ kind, ...verification }, locale, templates);

  test('has the code alone on a line, and in one element', () => {
    expect(text.split('\n').filter((line) => line.includes(CODE))).toEqual([CODE]);
    expect(html.match(/048291/g)).toHaveLength(1);
    expect(html).toMatch(/<div class="code"[^>]*letter-spacing[^>]*>048291<\/div>/);
  });

  test('has the link alone on a line, and escaped in attributes', () => {
    expect(text.split('\n').filter((line) => line.includes('https://'))).toEqual([LINK]);
    expect(html).toContain(`href="${LINK.replace('&', '&amp;')}"`);
    expect(html).not.toContain(LINK);
  });

  test('has neither code nor user input in the subject, because lock screens show it', () => {
    expect(subject).not.toMatch(/048291|aziza|Firefox|203\.0\.113\.7/);
    expect(subject).toContain('Example');
  });

  test('says where the request came from', () => {
    for (const part of [text, html]) {
      expect(part).toContain('Firefox on Linux');
      expect(part).toContain('203.0.113.7');
    }
  });

  test('has no placeholders left and loads nothing from other servers', () => {
    expect(text + html).not.toMatch(/\{\w+\}|undefined|<%|\[object/);
    expect(html).not.toMatch(/<img|<link|<script|url\(|@import|src=/i);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(text).not.toMatch(/\n{3}/);
  });

  test('mentions only the code or only the link if the other is missing', () => {
    const code = renderMessage({ kind, ...verification, link: undefined }, locale, templates);
    expect(code.text + code.html).not.toContain('https://');
    expect(code.text).toContain(CODE);
    const link = renderMessage({ kind, ...verification, code: undefined }, locale, templates);
    expect(link.text + link.html).not.toContain(CODE);
    expect(link.html).not.toContain('class="code"');
    expect(link.text).toContain(LINK);
  });
});

test.each(
  LOCALES.flatMap((locale) => (['already-registered', 'email-taken'] as const).map((kind) => [locale, kind] as const)),
)('%s %s has no code, no link and a subject of its own', (locale, kind) => {
  const message = renderMessage({ kind, to, origin }, locale, templates);
  expect(message.text + message.html).not.toMatch(/https?:|class="code"/);
  for (const other of WITH_CODE)
    expect(message.subject).not.toBe(renderMessage({ kind: other, ...verification }, locale, templates).subject);
});

test('a sign-up with a known address mentions the password reset', () => {
  const texts = LOCALES.map((locale) => renderMessage(createMessage('already-registered'), locale, templates).text);
  for (const [index, word] of ['reset', 'сбросьте', 'tiklang'].entries()) expect(texts[index]).toContain(word);
});

const CONTESTABLE = [
  'new-device',
  'password-changed',
  'identity-linked',
  'identity-unlinked',
  'phone-changed',
  'email-changed',
] as const;

const NOTICES = [
  ...CONTESTABLE,
  'phone-removed',
  'email-removed',
  'account-changed',
  'second-factors-reset',
  'account-deleted',
] as const;
const TIMES = { en: '20 November 2026', ru: '20 ноября 2026', uz: '20-noyabr, 2026' };

describe.each(LOCALES.flatMap((locale) => NOTICES.map((kind) => [locale, kind] as const)))('%s %s', (locale, kind) => {
  const { subject, text, html } = renderMessage(createMessage(kind), locale, templates);

  test('says when and where it happened, in the recipient’s language and in UTC', () => {
    for (const part of [text, html]) {
      expect(part).toContain(TIMES[locale]);
      expect(part).toContain('09:05 UTC');
      expect(part).toContain('Firefox on Linux');
      expect(part).toContain('203.0.113.7');
    }
  });

  test('has a unique subject without user data', () => {
    const others = MESSAGE_KINDS.filter((other) => other !== kind);
    for (const other of others)
      expect(renderMessage(createMessage(other), locale, templates).subject, other).not.toBe(subject);
    expect(subject).not.toMatch(/aziza|zara|Firefox|\d{4}/);
  });

  test('has no placeholders left and does not ask for confirmation', () => {
    const confirm = { en: 'onfirm', ru: 'одтверди', uz: 'tasdiqla' }[locale];
    expect(text + html).not.toMatch(/\{\w+\}|undefined|<%|\[object/);
    expect(text + html).not.toContain(confirm);
    expect(html).not.toContain('class="code"');
    expect(text).not.toMatch(/\n{3}/);
  });
});

describe.each(LOCALES.flatMap((locale) => CONTESTABLE.map((kind) => [locale, kind] as const)))(
  '%s %s',
  (locale, kind) => {
    test('has the link alone on a line after the details, and still has the details once the link has expired', () => {
      const { text, html } = renderMessage(createMessage(kind), locale, templates);
      expect(text.split('\n').filter((line) => line.includes('https://'))).toEqual([LINK]);
      expect(text.indexOf('09:05')).toBeLessThan(text.indexOf(LINK));
      expect(html).toContain(`href="${LINK.replace('&', '&amp;')}"`);

      const late = dropExpired(createMessage(kind), 30 * DAY);
      if (!late) throw new Error('a notice never expires');
      const bare = renderMessage(late, locale, templates);
      expect(bare.text + bare.html).not.toContain('https://');
      expect(bare.text).toContain('09:05 UTC');
    });
  },
);

test('notices mask addresses and numbers, because another person may read them', () => {
  for (const locale of LOCALES) {
    const moved = renderMessage(createMessage('email-changed'), locale, templates);
    for (const part of [moved.text, moved.html]) {
      expect(part).toContain('z•••@e•••.net');
      expect(part).not.toMatch(/zara|example\.net/);
    }
    const phone = renderMessage(createMessage('phone-changed'), locale, templates);
    for (const part of [phone.text, phone.html]) {
      expect(part).toContain('•••• 4567');
      expect(part).toContain('•••• 4321');
      expect(part).not.toMatch(/\+998|90123|90765/);
    }
  }
});

test('a notice says how many of its kind were not sent, in the grammar of the language (T92)', () => {
  const mention = (locale: 'en' | 'ru' | 'uz', more: number, kind: MessageKind = 'new-device') =>
    renderMessage(createMessage(kind, { more }), locale, templates).text;
  expect(mention('en', 0)).not.toContain('more');
  expect(mention('en', 1)).toContain('1 more sign-in from a new device');
  expect(mention('en', 3)).toContain('3 more sign-ins from new devices');
  expect(mention('ru', 1)).toContain('ещё 1 вход с нового устройства');
  expect(mention('ru', 3)).toContain('ещё 3 входа с новых устройств');
  expect(mention('ru', 12)).toContain('ещё 12 входов с новых устройств');
  expect(mention('ru', 21)).toContain('ещё 21 вход с нового устройства');
  expect(mention('uz', 3)).toContain('yana 3 marta kirildi');
  expect(mention('en', 2, 'password-changed')).toContain('This happened 2 more times');
});

test('after a reset the notice lists what was added recently, numbers masked (T100)', () => {
  const added = [
    { label: 'Google', at: AT },
    { phone: numbers.newPhone, at: AT },
  ];
  const { text, html } = renderMessage(createMessage('password-changed', { added }), 'en', templates);
  expect(text).toContain('Added in the last 30 days: Google (20 November 2026 at 09:05 UTC)');
  expect(text).toContain('Added in the last 30 days: •••• 4321 (20 November 2026 at 09:05 UTC)');
  expect(text + html).not.toContain('+998');
});

test('a notice about a first number mentions no old one', () => {
  const { text } = renderMessage(createMessage('phone-changed', { oldPhone: undefined }), 'en', templates);
  expect(text).toContain('New number: •••• 4321');
  expect(text).not.toContain('Old number');
});

test('a link says what it does if it does more than verify an address', () => {
  const html = (kind: MessageKind) => renderMessage(createMessage(kind), 'en', templates).html;
  expect(html('reset-password')).toContain('>Choose a new password</a>');
  expect(html('change-email')).toContain('>Confirm this address</a>');
  expect(html('password-changed')).toContain('>This wasn&#39;t me</a>');
  expect(html('email-changed')).toContain('>Undo the change</a>');
});

test('texts differ between languages', () => {
  const texts = LOCALES.map((locale) => renderMessage({ kind: 'sign-up', ...verification }, locale, templates).text);
  expect(new Set(texts).size).toBe(3);
  expect(texts[1]).toContain('10 минут');
  expect(texts[2]).toContain('10 daqiqa');
  expect(texts[2]).toContain('roʻyxatdan');
});
