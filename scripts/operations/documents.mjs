// The documents of schema/operations and their examples, for GraphiQL and for the collections.
import { readFileSync } from 'node:fs';
import { Kind, parse, visit } from 'graphql';

const FRAGMENTS = 'schema/fragments.graphql';
/** Begins what scripts/write-operations.mjs appends to a document. */
export const MARK = `\n# From ${FRAGMENTS}, by npm run generate:\n`;

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** @returns the whole text, and the part that is written by hand, without fragments */
export function readDocument(name) {
  const text = read(`schema/operations/${name}.graphql`);
  return { name, text, written: text.split(MARK)[0].trim() };
}

/** The text of each shared fragment, by name. */
export function readFragments() {
  const source = read(FRAGMENTS);
  return new Map(parse(source).definitions.map(({ name, loc }) => [name.value, source.slice(loc.start, loc.end)]));
}

/** `values` of placeholders, and `groups` of documents with their variables. */
export const readExamples = () => JSON.parse(read('schema/examples.json'));

/** The texts of the fragments that a text spreads, directly or through others. */
export function usedFragments(text, fragments, found = new Set()) {
  visit(parse(text), {
    [Kind.FRAGMENT_SPREAD]: ({ name: { value } }) => {
      if (found.has(value) || !fragments.has(value)) return;
      found.add(value);
      usedFragments(fragments.get(value), fragments, found);
    },
  });
  return [...fragments].flatMap(([name, fragment]) => (found.has(name) ? [fragment] : []));
}
