import { useMemo } from 'react';
import type { FormErrors } from '../form-errors.ts';

/** Words of the page, in the user's language. */
export interface OwnWords {
  readonly checkField: string;
  readonly failed: string;
  readonly errors: { readonly RATE_LIMITED: string };
}

/** The language in which problems were shown first, which is that of the request. */
const writtenIn = new WeakMap<FormErrors, string>();

/**
 * The errors as the service has written them. Once the user has chosen another language, shorter words of the page replace its
 * texts.
 * @param locale the language of the page now
 */
export function useOwnWords(errors: FormErrors, locale: string, words: OwnWords): FormErrors {
  if (!writtenIn.has(errors)) writtenIn.set(errors, locale);
  const isForeign = writtenIn.get(errors) !== locale;
  return useMemo(() => {
    if (!isForeign) return errors;
    const fields = Object.fromEntries(Object.keys(errors.fields).map((name) => [name, words.checkField]));
    const form = errors.retryAfter ? words.errors.RATE_LIMITED : words.failed;
    return { ...errors, fields, ...(errors.form && { form }) };
  }, [errors, isForeign, words]);
}
