import { defineWords } from '../../shared/words.ts';
import type { SettingWords } from './words/en.ts';

export const useSettingWords = defineWords<SettingWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
