import { Kind, parse, visit } from 'graphql';

/** What FEDERATION_PREFIX does not change in our documents: shared types and scalars. */
const KEPT = new Set(['User', 'PageInfo', 'ID', 'String', 'Int', 'Float', 'Boolean', 'DateTime', 'JSONObject']);

const withPrefix = (prefix, name) => prefix[0].toLowerCase() + prefix.slice(1) + name[0].toUpperCase() + name.slice(1);

/** The names of a service with FEDERATION_PREFIX. @param prefix '' if there is none */
export function createNames(prefix) {
  return {
    /** Renames types and root fields in a document. Aliases keep the names of the data. */
    inDocument(text) {
      if (prefix === '') return text;
      const edits = [];
      visit(parse(text), {
        [Kind.NAMED_TYPE]: ({ name: { value, loc } }) => {
          if (!KEPT.has(value)) edits.push({ ...span(loc), name: prefix + value });
        },
        [Kind.OPERATION_DEFINITION]: ({ selectionSet }) => {
          for (const { name, alias } of selectionSet.selections) {
            const renamed = withPrefix(prefix, name.value);
            edits.push({ ...span(name.loc), name: alias ? renamed : `${name.value}: ${renamed}` });
          }
        },
      });
      return edits
        .sort((a, b) => b.start - a.start)
        .reduce((changed, { start, end, name }) => changed.slice(0, start) + name + changed.slice(end), text);
    },
    /** The type of an outcome, without the prefix. */
    typeOf: ({ __typename = '' }) => (__typename.startsWith(prefix) ? __typename.slice(prefix.length) : __typename),
  };
}

const span = ({ start, end }) => ({ start, end });
