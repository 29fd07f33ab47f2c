import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';

export interface Operation {
  /** Such as `query me`. */
  name: string;
  /** A document that calls the operation with only its required arguments. */
  document: string;
}

/** Every operation of the schema. */
export function listOperations(schema: GraphQLSchema): Operation[] {
  return (['query', 'mutation'] as const).flatMap((kind) => {
    const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
    return Object.values(root?.getFields() ?? {}).map((field) => ({
      name: `${kind} ${field.name}`,
      document: documentFor(kind, field),
    }));
  });
}

/** The shortest valid literal of the type. */
export function minimalLiteral(type: GraphQLInputType): string {
  if (isNonNullType(type)) return minimalLiteral(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) return `{ ${requiredArguments(Object.values(type.getFields()))} }`;
  const literals: Record<string, string> = {
    Int: '1',
    Float: '1',
    Boolean: 'true',
    DateTime: '"2026-01-01T00:00:00.000Z"',
  };
  return literals[type.name] ?? '"00000000-0000-7000-8000-000000000000"';
}

const requiredArguments = (inputs: readonly (GraphQLArgument | GraphQLInputField)[]): string =>
  inputs
    .filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined)
    .map(({ name, type }) => `${name}: ${minimalLiteral(type)}`)
    .join(', ');

function documentFor(operation: 'query' | 'mutation', field: GraphQLField<unknown, unknown>): string {
  const args = requiredArguments(field.args);
  const selection = isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
  return `${operation} { ${field.name}${args && `(${args})`} ${selection} }`;
}
