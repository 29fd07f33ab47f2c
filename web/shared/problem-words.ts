import type { ProblemWords } from '../../src/messages/problem-words/words.ts';
import { defineWords } from './words.ts';

/** Texts of problems as the service writes them, for a user who has changed the language since. */
export interface OwnProblems {
  rateLimited(when: string): string;
  /** By what an outcome says, for `useOwnWords`. Empty if it does not say enough. */
  readonly problems: Readonly<Record<string, string | ((limit: number) => string)>>;
}

const toOwn = ({ rateLimited, plain, challenge, social, fields }: ProblemWords): OwnProblems => ({
  rateLimited,
  problems: {
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
  },
});

export const useOwnProblems = defineWords<OwnProblems>({
  en: async () => ({ default: toOwn((await import('../../src/messages/problem-words/en.ts')).en) }),
  ru: async () => ({ default: toOwn((await import('../../src/messages/problem-words/ru.ts')).ru) }),
  uz: async () => ({ default: toOwn((await import('../../src/messages/problem-words/uz.ts')).uz) }),
});
