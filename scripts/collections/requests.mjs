import { Kind, parse } from 'graphql';
import { readDocument, readExamples, readFragments, usedFragments } from '../operations/documents.mjs';

/** Of the service; the variables of a collection. */
export const createVariables = () => ({ url: 'http://localhost:4000', ...readExamples().values });

/** Folders of requests: one for each operation, because the tools cannot choose one of a document. */
export function createFolders() {
  const fragments = readFragments();
  return readExamples().groups.map(({ name, about, operations }) => ({
    name,
    about,
    requests: Object.entries(operations).flatMap(([document, variables]) =>
      splitDocument(readDocument(document).written, variables, fragments),
    ),
  }));
}

function splitDocument(text, variables, fragments) {
  const operations = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operations.map(({ name, loc, variableDefinitions }) => {
    const operation = text.slice(loc.start, loc.end);
    const declared = variableDefinitions.map(({ variable }) => variable.name.value);
    return {
      name: name.value,
      about: commentBefore(text, loc.start),
      query: `${[operation, ...usedFragments(operation, fragments)].join('\n\n')}\n`,
      variables: Object.fromEntries(Object.entries(variables).filter(([variable]) => declared.includes(variable))),
    };
  });
}

/** The lines of the comment that ends at a position. */
function commentBefore(text, position) {
  const lines = text.slice(0, position).trimEnd().split('\n');
  const start = lines.findLastIndex((line) => !line.startsWith('#')) + 1;
  return lines
    .slice(start)
    .map((line) => line.replace(/^# ?/, ''))
    .join('\n');
}
