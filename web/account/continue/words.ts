import { defineWords } from '../../shared/words.ts';
import type { ContinueWords } from './words/en.ts';

export const useContinueWords = defineWords<ContinueWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
