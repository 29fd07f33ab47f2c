import { defineWords } from '../../../shared/words.ts';
import type { UserWords } from './words/en.ts';

export const useUserWords = defineWords<UserWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
