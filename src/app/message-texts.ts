import type { Config } from '../config.ts';
import { createSmsTexts } from '../messages/sms-texts.ts';
import { createTemplates } from '../messages/templates.ts';

/** The templates and texts of all messages. Throws InvalidMessageFiles if those of the operator cannot be used. */
export function createMessageTexts({
  messages,
  otp,
  product,
  sms,
}: Pick<Config, 'messages' | 'otp' | 'product' | 'sms'>) {
  const templates = createTemplates({ directory: messages.templates, product });
  const texts = createSmsTexts({
    words: templates.smsWords,
    product: product.name,
    support: product.support,
    domain: sms.codeDomain,
    codeTtl: otp.ttl,
    transliterate: sms.transliterate,
  });
  return { templates, texts };
}
