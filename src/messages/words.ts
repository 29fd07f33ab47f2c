import { z } from 'zod';
import { MESSAGE_KINDS } from './message.ts';

const text = z.string().min(1);

const ofKind = z.strictObject({
  subject: text,
  heading: text,
  intro: text,
  /** What to do for someone who did not ask; of a notice, for everyone. */
  notYou: text,
  /** Instead of the shared ones, for a link that does something else. */
  linkLabel: text.optional(),
  orLinkLabel: text.optional(),
  button: text.optional(),
});

const shared = z.strictObject({
  codeLabel: text,
  codeNote: text,
  linkLabel: text,
  orLinkLabel: text,
  button: text,
  validFor: text,
  origin: text,
  /** The same over what a notice tells. */
  facts: text,
  at: text,
  device: text,
  ip: text,
  newAddress: text,
  oldPhone: text,
  newPhone: text,
  footer: text,
});

/** The texts of one language, as they stand in words.<language>.json. {site} and {duration} are filled in. */
export const wordsSchema = z.strictObject({ shared, kinds: z.strictObject(record(() => ofKind)) });
export type Words = z.infer<typeof wordsSchema>;

/** The same with every text optional: what an overriding file holds. */
export const someWordsSchema = z.strictObject({
  shared: shared.partial().optional(),
  kinds: z.strictObject(record(() => ofKind.partial().optional())).optional(),
});
export type SomeWords = z.infer<typeof someWordsSchema>;

export function overrideWords(words: Words, some: SomeWords): Words {
  return wordsSchema.parse({
    shared: { ...words.shared, ...some.shared },
    kinds: record((kind) => ({ ...words.kinds[kind], ...some.kinds?.[kind] })),
  });
}

function record<T>(of: (kind: (typeof MESSAGE_KINDS)[number]) => T) {
  // Object.fromEntries widens its keys to string.
  return Object.fromEntries(MESSAGE_KINDS.map((kind) => [kind, of(kind)])) as Record<(typeof MESSAGE_KINDS)[number], T>;
}
