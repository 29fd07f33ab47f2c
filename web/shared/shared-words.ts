import type { FormErrors } from '@latchkey/client';
import { useOwnWords } from '@latchkey/client/react';
import { useMemo } from 'react';
import { useTimeFromNow } from './countdown.tsx';
import { useLocale } from './locale.tsx';
import { useOwnProblems } from './problem-words.ts';
import type { SharedWords } from './words/en.ts';
import { defineWords } from './words.ts';

export const useSharedWords = defineWords<SharedWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});

/** What to say about a `LatchkeyError`, whose own message is in English. */
export function errorText({ errors }: SharedWords, code: string): string {
  return (errors as Readonly<Record<string, string>>)[code] ?? errors.OTHER;
}

/** The problems in the user's language, also after the user has changed it. */
export function useProblems(errors: FormErrors): FormErrors {
  const { locale } = useLocale();
  const words = useSharedWords();
  const general = useOwnWords(errors, locale, words);
  const own = useOwnProblems();
  const when = useTimeFromNow(errors.retryAfter ?? 0);
  return useMemo(
    () => (own && general !== errors ? own.rewrite(errors, general, when) : general),
    [own, general, errors, when],
  );
}

/** The problem of no field, in the user's language. */
export function useFormText(errors: FormErrors): string | undefined {
  const words = useSharedWords();
  const { form, code } = useProblems(errors);
  return code ? errorText(words, code) : form;
}

/** The first problem, for a button without a form. */
export function useFirstText(errors: FormErrors): string | undefined {
  const [ofField] = Object.values(useProblems(errors).fields);
  return useFormText(errors) ?? ofField;
}

/** The errors of a form with a password, which wrong credentials are about. @param field the name of the password */
export function usePasswordErrors(
  { errors, result }: { readonly errors: FormErrors; readonly result: { readonly __typename: string } | undefined },
  field = 'password',
): FormErrors {
  const { wrongPassword } = useSharedWords();
  const isWrong = result?.__typename === 'InvalidCredentials';
  return useMemo(
    () => (isWrong ? { fields: { [field]: wrongPassword } } : errors),
    [isWrong, errors, field, wrongPassword],
  );
}
