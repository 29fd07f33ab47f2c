import {
  GraphQLError,
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type OperationDefinitionNode,
} from 'graphql';
import { isBounded, readMaxItems } from '../core/response-size.ts';
import type { RequestedOperation } from './requested-operation.ts';
import { estimateResponse, isPage, SCALAR_BYTES } from './response-size.ts';

/** Bytes. With aliases and nested lists, a small request could otherwise request hundreds of megabytes. */
export const MAX_RESPONSE_BYTES = 1024 * 1024;

const inKibibytes = (bytes: number): string => (Number.isFinite(bytes) ? `${Math.ceil(bytes / 1024)} KiB` : 'larger');

/**
 * The error if the response to an operation could be too large. It needs the variables, so it cannot be a validation rule.
 */
export type FindTooLarge = (requested: Requested, variables: Variables | null) => GraphQLError | undefined;

type Requested = Pick<RequestedOperation, 'document' | 'operation'>;
type Variables = Readonly<Record<string, unknown>>;

export function createResponseSizeCheck(schema: GraphQLSchema): FindTooLarge {
  /** Estimates that depend on no variable. Parsed documents are cached, so the same operation object is seen again. */
  const estimates = new WeakMap<OperationDefinitionNode, number>();

  function estimate({ document, operation }: Requested, variables: Variables | null): number {
    let usesVariables = false;
    const readVariable = (name: string): unknown => {
      usesVariables = true;
      return variables?.[name];
    };
    const bytes = estimateResponse(schema, { document, operation, readVariable });
    if (!usesVariables) estimates.set(operation, bytes);
    return bytes;
  }

  return (requested, variables) => {
    const bytes = estimates.get(requested.operation) ?? estimate(requested, variables);
    if (bytes <= MAX_RESPONSE_BYTES) return undefined;
    const [most, limit] = [bytes, MAX_RESPONSE_BYTES].map(inKibibytes);
    return new GraphQLError(
      `The response could be ${most}; at most ${limit} are allowed. Select fewer fields, or smaller pages with "first".`,
      { extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } } },
    );
  };
}

/** Throws if a list or a scalar has no maximum size: forgetting it must not allow unlimited responses. */
export function requireMaximumSizes(schema: GraphQLSchema): void {
  const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, parent: type, field }))
      : [],
  );
  const isInPages = (parent: GraphQLNamedOutputType) => {
    const uses = fields.filter(({ field }) => getNamedType(field.type) === parent);
    return uses.length > 0 && uses.every(({ field }) => isPage(field));
  };
  const lists = fields.filter(
    ({ field, parent }) => isList(field) && readMaxItems(field) === undefined && !isPage(field) && !isInPages(parent),
  );
  const scalars = fields.filter(({ field }) => {
    const type = getNamedType(field.type);
    return isScalarType(type) && type.name !== 'String' && !(type.name in SCALAR_BYTES) && !isBounded(field);
  });
  const problems = [
    ...lists.map(({ name }) => `@MaxItems is missing on ${name}`),
    ...scalars.map(({ name }) => `@MaxBytes is missing on ${name}`),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

const isList = ({ type }: GraphQLField<unknown, unknown>): boolean =>
  isListType(isNonNullType(type) ? type.ofType : type);
