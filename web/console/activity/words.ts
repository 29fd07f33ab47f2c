import { defineWords } from '../../shared/words.ts';
import type { ActivityWords } from './words/en.ts';

export const useActivityWords = defineWords<ActivityWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
