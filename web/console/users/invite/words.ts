import { defineWords } from '../../../shared/words.ts';
import type { InviteWords } from './words/en.ts';

export const useInviteWords = defineWords<InviteWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
