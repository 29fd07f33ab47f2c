import { use } from 'react';
import { currentLocale, useLocale } from './locale.tsx';
import type { OwnProblems } from './problems/own-problems.ts';
import { createWordLoader } from './words.ts';

const load = createWordLoader<OwnProblems>({
  en: () => import('./problems/en.ts'),
  ru: () => import('./problems/ru.ts'),
  uz: () => import('./problems/uz.ts'),
});

const first = currentLocale();
let hasChanged = false;

/** Undefined until the user changes the language: before, each text is in the right one. */
export function useOwnProblems(): OwnProblems | undefined {
  const { locale } = useLocale();
  hasChanged ||= locale !== first;
  return hasChanged ? use(load(locale)) : undefined;
}
