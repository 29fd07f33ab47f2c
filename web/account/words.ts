import { defineWords } from '../shared/words.ts';
import type { AccountWords } from './words/en.ts';

export type { AccountWords };

export const useAccountWords = defineWords<AccountWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
