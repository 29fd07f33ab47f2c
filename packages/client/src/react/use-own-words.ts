import { useMemo } from 'react';
import type { FormErrors } from '../form-errors.ts';

/** Words of the page, in the user's language. */
export interface OwnWords {
  readonly checkField: string;
  readonly failed: string;
  readonly errors: { readonly RATE_LIMITED: string };
  /**
   * More exact ones, by what the outcome says: the code of a problem of a field (`TOO_SHORT`), for one field only
   * (`email.INVALID_FORMAT`), the reason of a failure (`WRONG_CODE`, `LAST_WRONG_CODE` without attempts left), or the type
   * (`InvalidCredentials`). An empty text stands for `checkField`.
   */
  readonly problems?: Readonly<Record<string, string | ((limit: number) => string)>>;
}

/** The language in which problems were shown first, which is that of the request. */
const writtenIn = new WeakMap<FormErrors, string>();

/**
 * The errors as the service has written them. Once the user has chosen another language, words of the page replace its texts.
 * @param locale the language of the page now
 */
export function useOwnWords(errors: FormErrors, locale: string, words: OwnWords): FormErrors {
  if (!writtenIn.has(errors)) writtenIn.set(errors, locale);
  const isForeign = writtenIn.get(errors) !== locale;
  return useMemo(() => (isForeign ? rewrite(errors, words) : errors), [errors, isForeign, words]);
}

function rewrite(errors: FormErrors, { problems = {}, ...words }: OwnWords): FormErrors {
  const { outcome = {}, retryAfter, form } = errors;
  const find = (limit: number | null | undefined, ...names: (string | undefined)[]) => {
    const text = names.map((name) => problems[name ?? '']).find((text) => text !== undefined);
    return typeof text === 'function' ? text(limit ?? 0) : text;
  };
  const { reason, attemptsRemaining, __typename } = outcome;
  const last = attemptsRemaining === 0 ? `LAST_${reason}` : reason;
  const whole = retryAfter ? words.errors.RATE_LIMITED : find(0, last, reason, __typename);
  const ofField = (name: string) => {
    const { path, code, limit } = outcome.fields?.find(({ path }) => path === name) ?? {};
    return (code ? find(limit, `${path}.${code}`, code) : whole) || words.checkField;
  };
  const fields = Object.fromEntries(Object.keys(errors.fields).map((name) => [name, ofField(name)]));
  return { ...errors, fields, ...(form && { form: whole ?? words.failed }) };
}
