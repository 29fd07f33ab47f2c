import type { GraphQLSchema } from 'graphql';
import { subgraphNames } from '../http/federation/names.ts';
import { SEVERAL } from '../http/root-field.ts';
import type { OperationName } from '../http/traces.ts';

/** Stands for every name that a client chose. */
export const OTHER = 'other';

/**
 * Names operations as the schema does, also under FEDERATION_PREFIX.
 * @param api with the original names
 * @returns a function of the field at the root of an operation
 */
export function createOperationNames(
  api: GraphQLSchema,
  prefix = '',
): (rootField: string | undefined) => OperationName {
  const { ofOperation } = subgraphNames(prefix);
  const types = { query: api.getQueryType(), mutation: api.getMutationType() };
  const names = new Map<string, OperationName>([[SEVERAL, { name: SEVERAL, type: undefined }]]);
  for (const type of ['query', 'mutation'] as const)
    for (const name of Object.keys(types[type]?.getFields() ?? {})) names.set(ofOperation(name), { name, type });
  return (rootField) => names.get(rootField ?? '') ?? { name: OTHER, type: undefined };
}
