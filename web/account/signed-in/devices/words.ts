import { defineWords } from '../../../shared/words.ts';
import type { DevicesWords } from './words/en.ts';

export const useDevicesWords = defineWords<DevicesWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});
