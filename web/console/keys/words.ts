import { defineWords } from '../../shared/words.ts';
import type { KeyWords } from './words/en.ts';

export const useKeyWords = defineWords<KeyWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
