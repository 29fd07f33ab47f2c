import { defineWords } from '../../shared/words.ts';
import type { ListWords } from './words/en.ts';

export const useListWords = defineWords<ListWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
