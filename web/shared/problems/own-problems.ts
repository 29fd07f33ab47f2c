import type { FormErrors } from '@latchkey/client';
import type { ProblemWords } from '../../../src/messages/problem-words/words.ts';

/** Texts of problems as the service writes them, for a user who has changed the language since. */
export interface OwnProblems {
  /**
   * @param general texts for what the outcome does not say
   * @param when the next attempt is possible, after a limit
   */
  rewrite(errors: FormErrors, general: FormErrors, when: string): FormErrors;
}

type Texts = Readonly<Record<string, string | ((limit: number) => string)>>;

/** By what an outcome says. Empty if it does not say enough. */
const textsOf = ({ plain, challenge, social, fields }: ProblemWords): Texts => ({
  ...plain,
  ...challenge,
  ...social,
  TOO_SHORT: fields['password-too-short'],
  TOO_LONG: fields['text-too-long'],
  TOO_WEAK: fields['password-weak'],
  BREACHED: fields['password-common'],
  REQUIRED: fields.required,
  'email.INVALID_FORMAT': fields['email-format'],
  'newEmail.INVALID_FORMAT': fields['email-format'],
  'newEmail.NOT_ALLOWED': fields['email-same'],
  'phone.INVALID_FORMAT': fields['phone-format'],
  'phone.NOT_ALLOWED': fields['phone-no-messages'],
  'code.INVALID_FORMAT': fields['code-format'],
  'totp.INVALID_FORMAT': fields['code-format'],
  'locale.INVALID_FORMAT': fields['locale-format'],
  'permissions.INVALID_FORMAT': fields['permission-format'],
  'permissions.TOO_LONG': '',
  'publicMetadata.TOO_LONG': '',
  'privateMetadata.TOO_LONG': fields['json-too-long'],
});

export const toOwnProblems = (words: ProblemWords): OwnProblems => {
  const texts = textsOf(words);
  const find = (names: readonly (string | undefined)[], limit = 0): string | undefined => {
    const text = names.map((name) => texts[name ?? '']).find((one) => one !== undefined);
    return typeof text === 'function' ? text(limit) : text;
  };
  return {
    rewrite(errors, general, when) {
      const { outcome = {}, retryAfter } = errors;
      const { reason, attemptsRemaining, __typename } = outcome;
      const last = attemptsRemaining === 0 ? `LAST_${reason}` : reason;
      const whole = retryAfter ? words.rateLimited(when) : find([last, reason, __typename]);
      const ofField = ([name, text]: [string, string]) => {
        const { path, code, limit } = outcome.fields?.find(({ path }) => path === name) ?? {};
        return [name, (code ? find([`${path}.${code}`, code], limit ?? 0) : whole) || text] as const;
      };
      const fields = Object.fromEntries(Object.entries(general.fields).map(ofField));
      return { ...general, fields, ...(general.form && { form: whole ?? general.form }) };
    },
  };
};
