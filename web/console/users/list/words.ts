import { defineWords } from '../../../shared/words.ts';
import type { UserListWords } from './words/en.ts';

export const useUserListWords = defineWords<UserListWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
