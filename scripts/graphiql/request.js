import { Kind, parse, separateOperations } from 'graphql';

/**
 * What is sent of a tab: the chosen operation with its fragments, and the variables that it declares. The rest becomes
 * blank, so that positions in errors stay right.
 */
export function narrowRequest({ query, variables, operationName }) {
  let document;
  try {
    document = parse(query);
  } catch {
    return { query, variables, operationName }; // The server explains the syntax error.
  }
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const name = operationName ?? operations[0]?.name?.value ?? '';
  const operation = operations.find((one) => (one.name?.value ?? '') === name);
  if (!operation) return { query, variables, operationName };

  const kept = new Set(separateOperations(document)[name].definitions);
  let text = query;
  for (const definition of document.definitions) {
    if (kept.has(definition)) continue;
    const { start, end } = definition.loc;
    text = text.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + text.slice(end);
  }
  const declared = new Set(operation.variableDefinitions.map(({ variable }) => variable.name.value));
  const own = Object.entries(variables ?? {}).filter(([variable]) => declared.has(variable));
  return { query: text, variables: Object.fromEntries(own), operationName };
}

/** Fills values that are empty: `challengeId`, `refreshToken` and `token`, also in inputs. */
export function fillEmpty(variables, known) {
  return Object.fromEntries(
    Object.entries(variables ?? {}).map(([name, value]) => {
      if (value === '' && known[name] !== undefined) return [name, known[name]];
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, isObject ? fillEmpty(value, known) : value];
    }),
  );
}
