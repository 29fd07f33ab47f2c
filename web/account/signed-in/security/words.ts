import { defineWords } from '../../../shared/words.ts';
import type { SecurityWords } from './words/en.ts';

export const useSecurityWords = defineWords<SecurityWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
