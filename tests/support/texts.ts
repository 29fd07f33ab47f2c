import { MINUTE } from '../../src/core/clock.ts';
import { readMessageFiles } from '../../src/messages/message-files.ts';
import type { Product } from '../../src/messages/product.ts';
import { createSmsTexts, type SmsTexts } from '../../src/messages/sms-texts.ts';
import type { SmsWords } from '../../src/messages/sms-words.ts';

export const EXAMPLE: Product = { name: 'Example', support: undefined, logoUrl: undefined, color: undefined };

interface Options {
  /** undefined: no line for phones. */
  domain?: string | undefined;
  product?: string;
  support?: string;
  codeTtl?: number;
  transliterate?: boolean;
  /** Replaces texts in every language. */
  words?: Partial<SmsWords>;
}

/** The built-in texts. */
export function exampleTexts({ words, ...options }: Options = {}): SmsTexts {
  const { smsWords } = readMessageFiles(undefined, () => {});
  return createSmsTexts({
    words(locale) {
      const defaults = smsWords.get(locale);
      if (!defaults) throw new Error(`no texts in ${locale}`);
      return { ...defaults, ...words };
    },
    product: 'Example',
    support: undefined,
    domain: undefined,
    codeTtl: 10 * MINUTE,
    transliterate: false,
    ...options,
  });
}
