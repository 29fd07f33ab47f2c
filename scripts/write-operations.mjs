// Appends to each document in schema/operations the fragments that it uses, so that each works when pasted alone.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, visit } from 'graphql';

const FRAGMENTS = 'schema/fragments.graphql';
const OPERATIONS = 'schema/operations';
const MARK = `\n# From ${FRAGMENTS}, by npm run generate:\n`;

const source = readFileSync(FRAGMENTS, 'utf8');
const fragments = new Map(
  parse(source).definitions.map(({ name, loc }) => [name.value, source.slice(loc.start, loc.end)]),
);

/** The names of the fragments that the text spreads, directly or through others. */
function fragmentsOf(text, found = new Set()) {
  visit(parse(text), {
    FragmentSpread({ name: { value } }) {
      if (found.has(value) || !fragments.has(value)) return;
      found.add(value);
      fragmentsOf(fragments.get(value), found);
    },
  });
  return found;
}

for (const name of readdirSync(OPERATIONS)) {
  const file = `${OPERATIONS}/${name}`;
  const [written] = readFileSync(file, 'utf8').split(MARK);
  const used = fragmentsOf(written);
  const texts = [...fragments].flatMap(([fragment, text]) => (used.has(fragment) ? [text] : []));
  writeFileSync(file, texts.length === 0 ? written : `${written}${MARK}${texts.join('\n\n')}\n`);
}
