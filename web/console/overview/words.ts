import { defineWords } from '../../shared/words.ts';
import type { OverviewWords } from './words/en.ts';

export const useOverviewWords = defineWords<OverviewWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
