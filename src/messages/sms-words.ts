import { z } from 'zod';
import { hasCode, SMS_KINDS, type SmsKind } from './sms.ts';

/** Line separators, halves of characters and marks that reverse the text after them are like control characters here. */
const LINE = '[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\u202a-\\u202e]+';
const text = z
  .string()
  .regex(
    new RegExp(`^(?=[^]*\\S)${LINE}(?:\\n${LINE})*$`, 'u'),
    'must be a text without control characters, and not empty',
  );

/** A text; or two sentences, of which the second is left out where it costs another segment. */
const sentences = z.union([text, z.tuple([text, text])], {
  error: (issue) =>
    issue.input === undefined ? undefined : 'must be a text, or a list of two: the second is left out if it costs more',
});
export type Sentences = z.infer<typeof sentences>;

/** The texts of one language: sms.<language>.json. `smsPlaceholders` lists what is replaced. */
export const smsWordsSchema = z.strictObject({
  ...record(() => sentences),
  /** Added in brackets: notices that were suppressed before. */
  more: text,
  /** Instead of a second sentence, after a reset. */
  added: text,
});
export type SmsWords = z.infer<typeof smsWordsSchema>;

/** A file in the operator's directory: every text is optional. */
export const partialSmsWordsSchema = smsWordsSchema.partial();
export type PartialSmsWords = z.infer<typeof partialSmsWordsSchema>;

export const overrideSmsWords = (words: SmsWords, overrides: PartialSmsWords): SmsWords =>
  smsWordsSchema.parse({ ...words, ...overrides });

/** The placeholders that a text may contain. */
export const smsPlaceholders = (key: string): readonly string[] => {
  if (key === 'more' || key === 'added') return ['count'];
  // A key that is not known is a problem itself.
  if (!isKind(key)) return ['code', 'product', 'minutes', 'support', 'count'];
  return hasCode(key) ? ['code', 'product', 'minutes', 'support'] : ['product', 'support'];
};

/** One line for each text without the placeholder that it needs. @param words as parsed, perhaps not in the right format */
export function findMissingPlaceholders(words: unknown): string[] {
  return Object.entries(words ?? {}).flatMap(([key, value]: [string, unknown]) => {
    const needed = key === 'more' || key === 'added' ? '{count}' : isKind(key) && hasCode(key) ? '{code}' : '';
    // The second sentence may be left out.
    const kept: unknown = Array.isArray(value) ? value[0] : value;
    return typeof kept !== 'string' || kept === '' || kept.includes(needed) ? [] : [`${key} must contain ${needed}`];
  });
}

const isKind = (key: string): key is SmsKind => (SMS_KINDS as readonly string[]).includes(key);

function record<T>(of: () => T) {
  // Object.fromEntries widens its keys to string.
  return Object.fromEntries(SMS_KINDS.map((kind) => [kind, of()])) as Record<SmsKind, T>;
}
