import { defineWords } from '../../shared/words.ts';
import type { ShellWords } from './words/en.ts';

export const useShellWords = defineWords<ShellWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
