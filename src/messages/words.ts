import { z } from 'zod';
import { FACTOR_CHANGES, type FactorChange, MESSAGE_KINDS } from './message.ts';

const text = z.string().regex(/\S/, 'must not be empty');
const line = z.string().regex(/^(?=.*\S)[^\p{Cc}\p{Zl}\p{Zp}]+$/u, 'must be one line, and not empty');

/** The forms of a text with `{count}`: the plural categories of the language (CLDR). */
const plural = z.strictObject({ one: text.optional(), few: text.optional(), many: text.optional(), other: text });
export type Plural = z.infer<typeof plural>;

const ofKind = z.strictObject({
  subject: line,
  heading: text,
  intro: text,
  /** What to do if the user did not ask for this. In a notice: what to do in either case. */
  notYou: text,
  /** Replace the shared texts if the link does something other than confirm. */
  linkLabel: text.optional(),
  orLinkLabel: text.optional(),
  button: text.optional(),
  /** Replaces the shared text about suppressed notices. */
  more: plural.optional(),
});

const shared = z.strictObject({
  codeLabel: text,
  codeNote: text,
  linkLabel: text,
  orLinkLabel: text,
  button: text,
  validFor: text,
  origin: text,
  /** The same heading, in a notice. */
  facts: text,
  at: text,
  device: text,
  ip: text,
  newAddress: text,
  oldPhone: text,
  newPhone: text,
  /** The provider of an identity. */
  provider: text,
  /** What was added to the account before a password reset. */
  added: text,
  /** The same, for second factors, which the link in that message does not remove. */
  factorAdded: text,
  /** In a notice about second factors: what happened, and the names of these changes. */
  change: text,
  ...ofChanges(),
  recoveryCodesLeft: text,
  roles: text,
  status: text,
  active: text,
  deactivated: text,
  /** Mentions notices of the same kind that were suppressed before. */
  more: plural,
  /** With SUPPORT_CONTACT. */
  support: text,
  footer: text,
});

/** The texts of one language: words.<language>.json. `wordPlaceholders` lists what is replaced. */
export const wordsSchema = z.strictObject({ shared, kinds: z.strictObject(record(() => ofKind)) });
export type Words = z.infer<typeof wordsSchema>;

/** A file in the operator's template directory: every text is optional. */
export const partialWordsSchema = z.strictObject({
  shared: shared.partial().optional(),
  kinds: z.strictObject(record(() => ofKind.partial().optional())).optional(),
});
export type PartialWords = z.infer<typeof partialWordsSchema>;

/** The placeholders that a text may contain. `{site}` and `{product}` are the same. @param path such as kinds.sign-up.more.one */
export function wordPlaceholders(path: string): readonly string[] {
  const everywhere = ['site', 'product', 'support'];
  if (path === 'shared.validFor') return [...everywhere, 'duration'];
  return path.includes('.more.') ? [...everywhere, 'count'] : everywhere;
}

export function overrideWords(words: Words, overrides: PartialWords): Words {
  return wordsSchema.parse({
    shared: { ...words.shared, ...overrides.shared },
    kinds: record((kind) => ({ ...words.kinds[kind], ...overrides.kinds?.[kind] })),
  });
}

function ofChanges() {
  // Object.fromEntries widens its keys to string.
  return Object.fromEntries(FACTOR_CHANGES.map((change) => [change, text])) as Record<FactorChange, typeof text>;
}

function record<T>(of: (kind: (typeof MESSAGE_KINDS)[number]) => T) {
  // Object.fromEntries widens its keys to string.
  return Object.fromEntries(MESSAGE_KINDS.map((kind) => [kind, of(kind)])) as Record<(typeof MESSAGE_KINDS)[number], T>;
}
