import { registerEnumType } from 'type-graphql';

/** Registers a list of names as a GraphQL enum, instead of a TypeScript enum. */
export function graphqlEnum<const Word extends string>(
  name: string,
  description: string,
  words: Record<Word, string>,
): Record<Word, Word> {
  const values = Object.fromEntries(Object.keys(words).map((word) => [word, word])) as Record<Word, Word>;
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(words).map(([word, text]) => [word, { description: text }]),
  ) as Record<Word, { description: string }>;
  registerEnumType(values, { name, description, valuesConfig });
  return values;
}
