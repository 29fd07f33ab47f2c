import { Kind, parse, visit } from 'graphql';
import { readDocument, readExamples, readFragments, usedFragments } from './documents.mjs';

/** The tabs of GraphiQL: a group of documents each, with one set of variables for all of its operations. */
export function createTabs() {
  const { groups, values } = readExamples();
  const fragments = readFragments();
  return groups.map(({ name, about, operations }) => {
    const documents = Object.entries(operations).map(([document, example]) =>
      renameInput(readDocument(document).written, example),
    );
    const text = documents.map(({ text }) => text).join('\n\n');
    const used = usedFragments(text, fragments);
    return {
      name,
      query: `${wrapComments([`# ${about}\n#\n# ${HINT}`, text, ...used].join('\n\n'))}\n`,
      variables: fillPlaceholders(Object.assign({}, ...documents.map(({ variables }) => variables)), values),
    };
  });
}

/** Names `$input` after its operation: the operations of a tab share their variables. */
function renameInput(text, { input, ...others }) {
  if (input === undefined) return { text, variables: others };
  const [{ name: operation }] = parse(text).definitions;
  const name = operation.value[0].toLowerCase() + operation.value.slice(1);
  const places = [];
  visit(parse(text), {
    [Kind.VARIABLE]: ({ name: { value }, loc }) => void (value === 'input' && places.push(loc)),
  });
  let renamed = text;
  for (const { start, end } of places.reverse()) renamed = `${renamed.slice(0, start)}$${name}${renamed.slice(end)}`;
  return { text: renamed, variables: { ...others, [name]: input } };
}

/** Columns of the editor on a screen of usual width. */
const WIDTH = 50;

const HINT =
  'Place the cursor in an operation and press Ctrl-Enter. Values come from Variables below; an empty challengeId, refreshToken or token is filled in with the last one.';

/** Comments of documents are as wide as their file. Indented ones are code. */
const wrapComments = (text) =>
  text.replace(/(?:^# \S.*\n)+/gm, (comment) => {
    const lines = ['#'];
    for (const word of comment.replaceAll(/^# /gm, '').trim().split(/\s+/)) {
      if (lines.at(-1).length + 1 + word.length > WIDTH) lines.push('#');
      lines.push(`${lines.pop()} ${word}`);
    }
    return `${lines.join('\n')}\n`;
  });

const fillPlaceholders = (variables, values) =>
  JSON.parse(JSON.stringify(variables), (_key, value) =>
    typeof value === 'string' ? value.replace(/^\{\{(\w+)\}\}$/, (_, name) => values[name]) : value,
  );
