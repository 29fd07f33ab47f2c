import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, getVariableValues, type OperationDefinitionNode, parse } from 'graphql';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

export const committedSchema = buildSchema(read('schema/schema.graphql'));

/** schema/examples.json */
export const examples = JSON.parse(read('schema/examples.json')) as {
  values: Record<string, string>;
  groups: readonly { name: string; about: string; operations: Record<string, object> }[];
};

/** A script of the project, which has no types. */
export const importScript = (path: string) => import(new URL(`../../${path}`, import.meta.url).href);

export const operationsOf = (document: DocumentNode): OperationDefinitionNode[] =>
  document.definitions.filter((definition) => definition.kind === 'OperationDefinition');

/** What is wrong with the variables of the operations of a text: with those that an operation declares, or that none does. */
export function variableProblems(text: string, variables: Record<string, unknown>): string[] {
  const operations = operationsOf(parse(text));
  const declared = operations.map(({ variableDefinitions = [] }) => variableDefinitions);
  const names = new Set(declared.flat().map(({ variable }) => variable.name.value));
  return [
    ...declared.flatMap((definitions) => getVariableValues(committedSchema, definitions, variables).errors ?? []),
    ...Object.keys(variables).filter((name) => !names.has(name)),
  ].map(String);
}
