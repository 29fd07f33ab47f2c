import { defineWords } from '../../../shared/words.ts';
import type { ProfileWords } from './words/en.ts';

export const useProfileWords = defineWords<ProfileWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
