import type { AuditEvent, AuditType } from '../../../src/features/audit/audit.ts';
import { defineWords } from '../words.ts';

type Outcome<Kind extends AuditType> = Extract<AuditEvent, { type: Kind }>['outcome'];

/** Names of events. A kind or an outcome that is missing in a language fails the type check. */
export interface EventWords {
  readonly kinds: {
    readonly [Kind in AuditType]: readonly [name: string, outcomes: Readonly<Record<Outcome<Kind>, string>>];
  };
  readonly methods: Readonly<Record<NonNullable<AuditEvent['method']>, string>>;
}

export const useEventWords = defineWords<EventWords>({
  en: () => import('./words/en.ts'),
  ru: () => import('./words/ru.ts'),
  uz: () => import('./words/uz.ts'),
});

type Texts = Readonly<Record<string, string>>;

/** The words for a kind that the service has sent. A kind that these pages do not know is its own name. */
function find(words: EventWords, kind: string): readonly [name: string, outcomes: Texts] {
  const kinds: Readonly<Record<string, readonly [string, Texts]>> = words.kinds;
  return kinds[kind] ?? [kind, {}];
}

export const kindName = (words: EventWords, kind: string): string => find(words, kind)[0];
export const outcomeName = (words: EventWords, kind: string, outcome: string): string =>
  find(words, kind)[1][outcome] ?? outcome;
export const methodName = (words: EventWords, method: string): string => (words.methods as Texts)[method] ?? method;
