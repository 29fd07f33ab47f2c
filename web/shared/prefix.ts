import { Kind, parse, visit } from 'graphql';

/** What FEDERATION_PREFIX does not change in our documents: shared types and scalars. */
const KEPT = new Set(['User', 'PageInfo', 'ID', 'String', 'Int', 'Float', 'Boolean', 'DateTime', 'JSONObject']);

const withPrefix = (prefix: string, name: string): string =>
  prefix.charAt(0).toLowerCase() + prefix.slice(1) + name.charAt(0).toUpperCase() + name.slice(1);

export interface Names {
  /** Renames types and root fields in a document. Aliases keep the names of the data. */
  inDocument(text: string): string;
  /** The name of a type, without the prefix. */
  ofType(name: string): string;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** The names of a service with FEDERATION_PREFIX. @param prefix '' if there is none */
export const createNames = (prefix: string): Names => ({
  inDocument(text) {
    if (prefix === '') return text;
    const edits: Edit[] = [];
    visit(parse(text), {
      [Kind.NAMED_TYPE]({ name: { value, loc } }) {
        if (loc && !KEPT.has(value)) edits.push({ start: loc.start, end: loc.end, name: prefix + value });
      },
      [Kind.OPERATION_DEFINITION]({ selectionSet }) {
        for (const selection of selectionSet.selections) {
          if (selection.kind !== Kind.FIELD || !selection.name.loc) continue;
          const { name, alias } = selection;
          const renamed = withPrefix(prefix, name.value);
          const { start, end } = selection.name.loc;
          edits.push({ start, end, name: alias ? renamed : `${name.value}: ${renamed}` });
        }
      },
    });
    return edits
      .sort((a, b) => b.start - a.start)
      .reduce((changed, { start, end, name }) => changed.slice(0, start) + name + changed.slice(end), text);
  },
  ofType: (name) => (prefix !== '' && name.startsWith(prefix) ? name.slice(prefix.length) : name),
});

/** `fetch` for the client, which knows the names without the prefix. */
export function prefixedFetch(prefix: string): typeof fetch {
  const names = createNames(prefix);
  const revive = (key: string, value: unknown) => (key === '__typename' ? names.ofType(String(value)) : value);

  return async (resource, init) => {
    const { query, ...request } = JSON.parse(String(init?.body)) as { query: string }; // The client sends nothing else.
    const response = await fetch(resource, {
      ...init,
      body: JSON.stringify({ ...request, query: names.inDocument(query) }),
    });
    const { status, headers } = response;
    const text = await response.text();
    const isJson = headers.get('content-type')?.includes('json');
    return new Response(isJson ? JSON.stringify(JSON.parse(text, revive)) : text, { status, headers });
  };
}
