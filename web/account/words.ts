import { defineWords } from '../shared/words.ts';
import type { AccountWords } from './words/en.ts';

export const useAccountWords = defineWords<AccountWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
