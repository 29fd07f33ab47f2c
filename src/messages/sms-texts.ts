import { MINUTE } from '../core/clock.ts';
import { LOCALES, type Locale } from '../core/locale.ts';
import { countSegments } from './segments.ts';
import { hasCode, SMS_KINDS, type SmsKind, type SmsMessage } from './sms.ts';
import type { SmsWords } from './sms-words.ts';
import { transliterate } from './transliteration.ts';

/** A text as a gateway must approve it: with sample digits in place of a code or a number. */
export interface SmsSample {
  locale: Locale;
  kind: SmsKind;
  text: string;
  /** Matches every text of this kind, whatever its digits are. */
  pattern: RegExp;
  /** How many messages it is billed as. */
  segments: number;
}

export interface SmsTexts {
  render(message: SmsMessage, locale: Locale): string;
  /** All texts that may be sent. @param notices whether notices are among them */
  samples(options: { notices: boolean }): SmsSample[];
}

interface Dependencies {
  words(locale: Locale): SmsWords;
  /** The name of the product. */
  product: string;
  /** How users reach support. */
  support: string | undefined;
  /** The host that codes are bound to; undefined for no such line. */
  domain: string | undefined;
  /** Milliseconds that a code is valid. */
  codeTtl: number;
  /** Whether Russian texts are written in Latin letters. */
  transliterate: boolean;
}

const SAMPLE_CODE = '123456';
/** As many digits as a limit allows. */
const SAMPLE_COUNT = '10';

/** What a text mentions beside its kind. Each combination is a text of its own, which a gateway must approve. */
interface Variant {
  more: boolean;
  added: boolean;
}

/**
 * Everything but the digits of a code or a count is decided at startup, because some gateways send only texts that they
 * have approved.
 *
 * A code ends with `@domain #code` on a line of its own (wicg.github.io/sms-one-time-codes): phones then offer it on pages
 * of that domain only.
 */
export function createSmsTexts(dependencies: Dependencies): SmsTexts {
  const { words, product, support = '', domain, codeTtl } = dependencies;
  const minutes = String(Math.max(1, Math.floor(codeTtl / MINUTE)));
  const prepared = new Map<string, string>();

  /** The text with its product and minutes, but with placeholders for its digits. */
  function prepare(locale: Locale, kind: SmsKind, { more, added }: Variant): string {
    const own = words(locale);
    const [fact, advice] = typeof own[kind] === 'string' ? [own[kind], undefined] : own[kind];
    const news = more ? mention(fact, own.more.replaceAll('{count}', '{more}')) : fact;
    const hint = added ? own.added.replaceAll('{count}', '{added}') : advice;
    const line = hasCode(kind) && domain !== undefined ? `\n@${domain} #{code}` : '';
    const finish = (text: string) => {
      const filled = text
        .replaceAll('{minutes}', minutes)
        .replaceAll('{product}', () => product)
        .replaceAll('{support}', () => support);
      return (locale === 'ru' && dependencies.transliterate ? transliterate(filled) : filled) + line;
    };
    const short = finish(news);
    if (hint === undefined) return short;
    const full = finish(`${news} ${hint}`);
    return countSampleSegments(full) > countSampleSegments(short) ? short : full;
  }

  function find(locale: Locale, kind: SmsKind, variant: Variant): string {
    const key = `${locale} ${kind} ${variant.more} ${variant.added}`;
    const text = prepared.get(key) ?? prepare(locale, kind, variant);
    prepared.set(key, text);
    return text;
  }

  return {
    render(message, locale) {
      const code = 'code' in message ? message.code : '';
      const { more = 0, added = 0 } = 'code' in message ? {} : message;
      const text = find(locale, message.kind, { more: more > 0, added: added > 0 });
      return fill(text, { code, more: String(more), added: String(added) });
    },
    samples: ({ notices }) =>
      LOCALES.flatMap((locale) =>
        SMS_KINDS.filter((kind) => notices || hasCode(kind)).flatMap((kind) => {
          const texts = listVariants(kind).map((variant) => find(locale, kind, variant));
          return [...new Set(texts)].map((text) => toSample(locale, kind, text));
        }),
      ),
  };
}

/** Your password was changed (and 2 more). */
const mention = (fact: string, more: string): string =>
  fact.endsWith('.') ? `${fact.slice(0, -1)} (${more}).` : `${fact} (${more})`;

function listVariants(kind: SmsKind): Variant[] {
  if (hasCode(kind)) return [{ more: false, added: false }];
  const variants = [false, true].map((more) => ({ more, added: false }));
  return kind === 'password-changed' ? [...variants, ...variants.map(({ more }) => ({ more, added: true }))] : variants;
}

const DIGITS = /\{(code|more|added)\}/g;

const fill = (text: string, values: Record<string, string>): string =>
  text.replace(DIGITS, (_placeholder, name: string) => values[name] ?? '');

const SAMPLE_VALUES = { code: SAMPLE_CODE, more: SAMPLE_COUNT, added: SAMPLE_COUNT };
const countSampleSegments = (text: string): number => countSegments(fill(text, SAMPLE_VALUES));

const toSample = (locale: Locale, kind: SmsKind, text: string): SmsSample => ({
  locale,
  kind,
  text: fill(text, SAMPLE_VALUES),
  pattern: new RegExp(`^${text.split(DIGITS).map(toPattern).join('')}$`, 'u'),
  segments: countSampleSegments(text),
});

/** @param index odd for the name of a placeholder, because `split` keeps what its pattern captures */
const toPattern = (part: string, index: number): string =>
  index % 2 === 1 ? '\\d+' : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
