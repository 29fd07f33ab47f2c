import { describe, expect, test } from 'vitest';
import type { Phone } from '../../src/core/identifiers.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { countSegments, isGsm7 } from '../../src/messages/segments.ts';
import { renderSms, SMS_KINDS, type SmsMessage } from '../../src/messages/sms.ts';

const CODE = '004291';
const to = '+998901234567' as Phone; // Parsed by hand.
const DOMAIN = 'auth.example.com';
const LONG = 'accounts.verylongname.example'.padEnd(30, 's');
const createMessage = (kind: SmsMessage['kind']): SmsMessage =>
  kind === 'otp' || kind === 'reset-password' ? { kind, to, code: CODE } : { kind, to };

const all = LOCALES.flatMap((locale) => SMS_KINDS.map((kind) => [locale, kind] as const));
const codes = LOCALES.flatMap((locale) => (['otp', 'reset-password'] as const).map((kind) => [locale, kind] as const));

describe.each(all)('%s %s', (locale, kind) => {
  const render = (domain: string) => renderSms(createMessage(kind), locale, { domain });

  test('fits into one segment with a domain of up to thirty characters', () => {
    expect(LONG).toHaveLength(30);
    for (const domain of ['localhost', DOMAIN, LONG]) expect(countSegments(render(domain)), domain).toBe(1);
  });

  test('says what it is about and has no placeholders left', () => {
    for (const domain of [DOMAIN, LONG]) {
      expect(render(domain)).toMatch(/\p{L}{4,}.*\./u);
      expect(render(domain)).toContain(domain);
      expect(render(domain)).not.toMatch(/[{}]|undefined/);
    }
  });
});

describe.each(codes)('%s %s', (locale, kind) => {
  const render = (domain: string) => renderSms(createMessage(kind), locale, { domain });

  test('has the code on the last line, bound to the domain, as phones expect', () => {
    for (const domain of [DOMAIN, LONG]) {
      expect(render(domain).split('\n').at(-1)).toBe(`@${domain} #${CODE}`);
      expect(render(domain).split('\n')).toHaveLength(2);
    }
  });

  test('has the code in the sentence before it, for people', () => {
    for (const domain of [DOMAIN, LONG]) expect(render(domain).split('\n')[0]).toContain(CODE);
  });

  test('omits the sentence if it does not fit, and keeps the last line', () => {
    const shortened = render(`${'a.'.repeat(25)}example.com`);
    expect(shortened.split('\n').at(-1)).toMatch(/^@a\..*example\.com #004291$/);
    expect(countSegments(shortened)).toBe(1);
    expect(render(`${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(63)}.com`)).toMatch(/^\P{Lu}*\p{L}.*004291\.$/u);
  });
});

test.each(['en', 'uz'] as const)(
  '%s uses only the GSM 7-bit alphabet, because other characters would halve the length limit',
  (locale) => {
    for (const kind of SMS_KINDS) expect(isGsm7(renderSms(createMessage(kind), locale, { domain: LONG }))).toBe(true);
  },
);

test('a sign-in code is worded differently from a code that changes the password', () => {
  for (const locale of LOCALES) {
    const [otp, reset] = [createMessage('otp'), createMessage('reset-password')].map((message) =>
      renderSms(message, locale, { domain: DOMAIN }),
    );
    expect(reset).not.toBe(otp);
    expect(reset).toMatch(/password|парол|[Pp]arol/);
    expect(otp).not.toMatch(/password|парол|[Pp]arol/);
  }
});

test('a notice mentions those that were not sent, and what was added before a reset, in one segment (T92, T100)', () => {
  for (const locale of LOCALES) {
    for (const kind of SMS_KINDS.filter((kind) => kind !== 'otp' && kind !== 'reset-password')) {
      const text = renderSms({ kind, to, more: 55 } as SmsMessage, locale, { domain: DOMAIN });
      expect(text).toContain('55');
      expect(countSegments(text)).toBe(1);
    }
    const reset = renderSms({ kind: 'password-changed', to, added: 2 }, locale, { domain: DOMAIN });
    expect(reset).toMatch(/: 2\./);
    expect(countSegments(reset)).toBe(1);
  }
});

test('texts differ between languages', () => {
  for (const kind of SMS_KINDS)
    expect(new Set(LOCALES.map((locale) => renderSms(createMessage(kind), locale, { domain: DOMAIN }))).size).toBe(3);
});

describe('segments', () => {
  test.each([
    ['nothing', '', 1],
    ['160 Latin letters', 'a'.repeat(160), 1],
    ['161 Latin letters', 'a'.repeat(161), 2],
    ['306 Latin letters, two full parts', 'a'.repeat(306), 2],
    ['307 Latin letters', 'a'.repeat(307), 3],
    ['80 euro signs, which cost an escape each', '€'.repeat(80), 1],
    ['81 euro signs', '€'.repeat(81), 2],
    ['a pair that would be split between two parts', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['70 Cyrillic letters', 'я'.repeat(70), 1],
    ['71 Cyrillic letters', 'я'.repeat(71), 2],
    ['one Cyrillic letter among 70 Latin ones', `${'a'.repeat(70)}я`, 2],
    ['35 emoji, which are two units each', '🔑'.repeat(35), 1],
    ['36 emoji', '🔑'.repeat(36), 2],
    ['the proper Uzbek oʻ', `${'a'.repeat(70)}ʻ`, 2],
    ['a backtick', `${'a'.repeat(70)}\``, 2],
  ])('are counted: %s', (_title, text, segments) => {
    expect(countSegments(text)).toBe(segments);
  });
});
