import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/core/clock.ts';
import type { Phone } from '../../src/core/identifiers.ts';
import { LOCALES } from '../../src/core/locale.ts';
import { countSegments, isGsm7 } from '../../src/messages/segments.ts';
import { CODE_KINDS, hasCode, NOTICE_KINDS, SMS_KINDS, type SmsKind, type SmsMessage } from '../../src/messages/sms.ts';
import { transliterate } from '../../src/messages/transliteration.ts';
import { exampleTexts } from '../support/texts.ts';

const CODE = '004291';
const to = '+998901234567' as Phone; // Parsed by hand.
const DOMAIN = 'app.example.com';
const LONG = 'accounts.verylongname.example'.padEnd(30, 's');
// The compiler cannot know which kinds have a code.
const createMessage = (kind: SmsKind): SmsMessage =>
  (hasCode(kind) ? { kind, to, code: CODE } : { kind, to }) as SmsMessage;

const all = LOCALES.flatMap((locale) => SMS_KINDS.map((kind) => [locale, kind] as const));
const codes = LOCALES.flatMap((locale) => CODE_KINDS.map((kind) => [locale, kind] as const));

describe.each(all)('%s %s', (locale, kind) => {
  const render = (domain: string | undefined) => exampleTexts({ domain }).render(createMessage(kind), locale);

  test('fits into one segment', () => {
    for (const domain of [undefined, 'localhost', DOMAIN]) expect(countSegments(render(domain)), domain).toBe(1);
  });

  test('names the product, says what it is about, and has no placeholders left', () => {
    for (const domain of [undefined, DOMAIN, LONG]) {
      expect(render(domain)).toMatch(/^Example: .*\p{L}{4,}.*\./u);
      expect(render(domain)).not.toMatch(/[{}]|undefined/);
    }
  });

  test('differs from the texts of all other kinds', () => {
    for (const other of SMS_KINDS.filter((name) => name !== kind))
      expect(exampleTexts().render(createMessage(other), locale)).not.toBe(render(undefined));
  });
});

describe.each(codes)('%s %s', (locale, kind) => {
  const render = (domain: string | undefined) => exampleTexts({ domain }).render(createMessage(kind), locale);

  test('has the code on the last line, bound to the domain, as phones expect', () => {
    for (const domain of [DOMAIN, LONG]) {
      expect(render(domain).split('\n')).toHaveLength(2);
      expect(render(domain).split('\n').at(-1)).toBe(`@${domain} #${CODE}`);
    }
  });

  test('has no such line without a domain', () => {
    expect(render(undefined)).not.toMatch(/[@#\n]/);
  });

  test('has the code in the sentence before it, for people', () => {
    for (const domain of [undefined, DOMAIN, LONG]) expect(render(domain).split('\n')[0]).toContain(CODE);
  });

  test('keeps product and purpose if the domain is long, and leaves out only the advice', () => {
    const [first, last] = render(`${'a'.repeat(60)}.example.com`).split('\n');
    expect(first).toMatch(/^Example: .*\p{L}{4,}.*004291\./u);
    expect(last).toMatch(/^@a+\.example\.com #004291$/);
  });
});

test.each(['en', 'uz'] as const)(
  '%s uses only the GSM 7-bit alphabet, because other characters would halve the length limit',
  (locale) => {
    const texts = exampleTexts({ domain: LONG });
    for (const kind of SMS_KINDS) expect(isGsm7(texts.render(createMessage(kind), locale))).toBe(true);
  },
);

test('a code to sign in is worded differently from one that changes the password', () => {
  for (const locale of LOCALES) {
    const [otp, reset] = (['otp', 'reset-password'] as const).map((kind) =>
      exampleTexts({ domain: DOMAIN }).render(createMessage(kind), locale),
    );
    expect(reset).toMatch(/password|парол|[Pp]arol/);
    expect(otp).not.toMatch(/password|парол|[Pp]arol/);
  }
});

test('a notice mentions those that were not sent, and what was added before a reset, in one segment (T92, T100)', () => {
  const texts = exampleTexts({ domain: DOMAIN });
  for (const locale of LOCALES) {
    for (const kind of NOTICE_KINDS) {
      const text = texts.render({ kind, to, more: 55 }, locale);
      expect(text).toContain('55');
      expect(countSegments(text)).toBe(1);
    }
    const reset = texts.render({ kind: 'password-changed', to, added: 2 }, locale);
    expect(reset).toMatch(/: 2\./);
    expect(countSegments(reset)).toBe(1);
  }
});

test('texts differ between languages', () => {
  for (const kind of SMS_KINDS)
    expect(new Set(LOCALES.map((locale) => exampleTexts().render(createMessage(kind), locale))).size).toBe(3);
});

describe('a text of the operator', () => {
  test('is sent as it is written, with the code, the product and the minutes', () => {
    const words = { otp: '{product}: {code} ({minutes} min). {code}' };
    const texts = exampleTexts({ words, product: 'Bozor 24', codeTtl: 5 * MINUTE });
    expect(texts.render(createMessage('otp'), 'uz')).toBe('Bozor 24: 004291 (5 min). 004291');
  });

  test('can mention the support', () => {
    const options = { words: { 'account-deleted': '{product}: deleted. {support}' }, support: '+998 71 200-00-00' };
    expect(exampleTexts(options).render(createMessage('account-deleted'), 'en')).toBe(
      'Example: deleted. +998 71 200-00-00',
    );
  });

  test('says at least one minute, and never more than the code is valid', () => {
    const minutes = (codeTtl: number) =>
      exampleTexts({ words: { otp: '{code} {minutes}' }, codeTtl }).render(createMessage('otp'), 'en');
    expect([30 * SECOND, 90 * SECOND, 10 * MINUTE].map(minutes)).toEqual(['004291 1', '004291 1', '004291 10']);
  });

  test('is never shortened, however long it is', () => {
    const words = { otp: `{code} ${'long '.repeat(60)}end` };
    expect(exampleTexts({ words, domain: DOMAIN }).render(createMessage('otp'), 'en')).toContain(
      'end\n@app.example.com',
    );
  });

  test('of two sentences loses the second where that saves a segment', () => {
    const words = { otp: ['{code}', 'x'.repeat(160)] as [string, string] };
    expect(exampleTexts({ words }).render(createMessage('otp'), 'en')).toBe('004291');
  });

  test('keeps a dollar sign and a backslash of the product as they are', () => {
    const texts = exampleTexts({ product: 'A$&B \\d+ (x)' });
    expect(texts.render(createMessage('otp'), 'en')).toContain('A$&B \\d+ (x): ');
    expect(texts.samples({ notices: false })[0]?.pattern.test(texts.render(createMessage('otp'), 'en'))).toBe(true);
  });
});

describe('samples', () => {
  const texts = exampleTexts({ domain: DOMAIN });

  test('match every text that is sent, whatever its digits are, and no other', () => {
    const samples = texts.samples({ notices: true });
    const matches = (text: string) => samples.filter(({ pattern }) => pattern.test(text)).map(({ kind }) => kind);
    for (const [locale, kind] of all) {
      expect(matches(texts.render(createMessage(kind), locale)), kind).toEqual([kind]);
      if (hasCode(kind)) continue;
      expect(matches(texts.render({ kind, to, more: 7 }, locale))).toEqual([kind]);
      expect(matches(texts.render({ kind, to, more: 123 }, locale))).toEqual([kind]);
    }
    for (const more of [0, 3])
      expect(matches(texts.render({ kind: 'password-changed', to, more, added: 4 }, 'uz'))).toEqual([
        'password-changed',
      ]);
    expect(matches(texts.render(createMessage('otp'), 'en').replace('Example', 'Exemple'))).toEqual([]);
    expect(matches(`${texts.render(createMessage('otp'), 'en')} `)).toEqual([]);
  });

  test('contain notices only if they are sent', () => {
    expect(texts.samples({ notices: false })).toHaveLength(9);
    expect(new Set(texts.samples({ notices: false }).map(({ kind }) => kind))).toEqual(new Set(CODE_KINDS));
  });

  test('have the number of segments that they are billed as', () => {
    const samples = exampleTexts({ product: 'Очень длинное название для продукта и ещё немного слов' }).samples({
      notices: false,
    });
    for (const { text, segments } of samples) expect(segments).toBe(countSegments(text));
    expect(samples.some(({ segments }) => segments === 2)).toBe(true);
  });
});

describe('Russian in Latin letters (ICAO Doc 9303)', () => {
  test.each([
    ['Никому его не сообщайте.', 'Nikomu ego ne soobshchaite.'],
    ['ЩУКА и Щука', 'SHCHUKA i Shchuka'],
    ['Ёлка, подъезд, мальчик, эхо', 'Elka, podieezd, malchik, ekho'],
    ['Юля и Яна', 'Iulia i Iana'],
    ['Я', 'Ia'],
    ['ТЦ «Рынок» — №1…', 'TTS "Rynok" - No.1...'],
    ['й из двух знаков', 'i iz dvukh znakov'],
    ['код 123456', 'kod 123456'],
    ['Hello, {product}', 'Hello, {product}'],
    ['Oʻzbekiston ғ', 'Oʻzbekiston ғ'],
  ])('%s', (russian, latin) => {
    expect(transliterate(russian)).toBe(latin);
  });

  test('makes every Russian text fit where Cyrillic does not, and changes no other language and no domain', () => {
    const [cyrillic, latin] = [false, true].map((on) => exampleTexts({ domain: LONG, transliterate: on }));
    for (const kind of SMS_KINDS) {
      const text = latin?.render(createMessage(kind), 'ru') ?? '';
      expect(isGsm7(text)).toBe(true);
      expect(countSegments(text)).toBe(1);
      if (hasCode(kind)) expect(text.split('\n').at(-1)).toBe(`@${LONG} #${CODE}`);
      for (const locale of ['en', 'uz'] as const)
        expect(latin?.render(createMessage(kind), locale)).toBe(cyrillic?.render(createMessage(kind), locale));
    }
  });
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
