import { defineWords } from '../../shared/words.ts';
import type { SignedInWords } from './words/en.ts';

export const useSignedInWords = defineWords<SignedInWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
