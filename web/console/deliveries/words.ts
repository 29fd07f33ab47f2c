import { defineWords } from '../../shared/words.ts';
import type { DeliveryWords } from './words/en.ts';

export const useDeliveryWords = defineWords<DeliveryWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});

/** The name of a message. Webhooks have the names that their receivers know, such as `user.created`. */
export const messageName = ({ kinds }: DeliveryWords, kind: string): string =>
  (kinds as Readonly<Record<string, string>>)[kind] ?? kind;
