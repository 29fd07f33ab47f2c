import {
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { MAX_PAGE_SIZE, pageSize } from '../core/page.ts';
import { readMaxBytes, readMaxItems, readSizingArgument } from '../core/response-size.ts';
import { measureIntrospection } from './introspection-size.ts';
import { listFragments, type RequestedOperation, readArgument } from './requested-operation.ts';

/** The longest values in JSON, in bytes, by scalar. Texts have their own limits. */
export const SCALAR_BYTES: Readonly<Record<string, number>> = {
  Boolean: 'false'.length,
  Int: '-2147483648'.length,
  Float: '-2.2250738585072014e-308'.length,
  /** A UUID. */
  ID: 38,
  DateTime: '"2026-11-20T09:00:00.000Z"'.length,
};
const NULL_BYTES = 'null'.length;
/** The longest value of `__typename`, with quotes. */
const TYPE_NAME_BYTES = 64;
/** An error at a nullable field: message, path, locations, code and request id. */
const ERROR_BYTES = 1024;
/** An error at a nullable item of a list: at most a message of ours, path and code. */
const ITEM_ERROR_BYTES = 256;
/** `{"data":…,"errors":[…]}` with an error for the request. */
const ENVELOPE_BYTES = ERROR_BYTES + 64;

/**
 * The most bytes that the response to an operation can have: texts at their maximum length, lists and pages full, every
 * field included. Takes time linear in the fields, which limits.ts bounds. `@skip` and `@include` are not evaluated.
 */
export function estimateResponse(schema: GraphQLSchema, requested: RequestedOperation): number {
  const { operation } = requested;
  const fragments = listFragments(requested.document);

  /** @param size of the page that the lists in the set belong to; undefined outside of pages */
  function estimateSet(set: SelectionSetNode, type: GraphQLCompositeType, size: number | undefined): number {
    let total = 2;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) {
        total += estimateField(node, type, size);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (fragment) total += estimateSet(fragment.selectionSet, isCompositeType(condition) ? condition : type, size);
    }
    return total;
  }

  function estimateField(node: FieldNode, parent: GraphQLCompositeType, size: number | undefined): number {
    const name = node.name.value;
    const key = (node.alias?.value ?? name).length + '"":,'.length;
    if (name === '__typename') return key + TYPE_NAME_BYTES;
    if (name.startsWith('__')) return key + measureIntrospection(schema, node, requested);
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    // Unknown fields are refused by validation.
    return field ? key + estimateValue(node, field, field.type, readSize(field, node, requested) ?? size) : 0;
  }

  function estimateValue(
    node: FieldNode,
    field: GraphQLField<unknown, unknown>,
    type: GraphQLOutputType,
    size: number | undefined,
  ): number {
    if (isNonNullType(type)) return estimateValue(node, field, type.ofType, size);
    if (isListType(type)) {
      const count = readMaxItems(field) ?? size ?? Number.POSITIVE_INFINITY;
      // Lists further down belong to no page, unless a field between begins one.
      const error = isNonNullType(type.ofType) ? 0 : ITEM_ERROR_BYTES;
      return 2 + count * (1 + error + estimateValue(node, field, type.ofType, undefined));
    }
    if (!isCompositeType(type))
      return isEnumType(type)
        ? 2 + Math.max(...type.getValues().map(({ name }) => name.length))
        : Math.max(NULL_BYTES, SCALAR_BYTES[type.name] ?? 2 + readMaxBytes(field));
    const error = isNonNullType(field.type) ? 0 : ERROR_BYTES;
    return error + (node.selectionSet ? estimateSet(node.selectionSet, type, size) : 0);
  }

  const root = schema.getRootType(operation.operation);
  return root ? ENVELOPE_BYTES + estimateSet(operation.selectionSet, root, undefined) : ENVELOPE_BYTES;
}

/** The size of the lists below the field, if its arguments decide. */
function readSize(field: GraphQLField<unknown, unknown>, node: FieldNode, requested: RequestedOperation) {
  const sizing = readSizingArgument(field);
  if (sizing === undefined) return isPage(field) ? readPageSize(field, node, requested) : undefined;
  const given = readArgument(node, sizing, requested);
  return Array.isArray(given) ? given.length : 1; // GraphQL accepts one item in place of a list.
}

/** Whether the lists of the field's type have the length that `first` or `last` asks for. */
export const isPage = ({ args }: GraphQLField<unknown, unknown>): boolean => args.some(({ name }) => name === 'first');

/** The size that the arguments ask for, or else the default of `first`. */
function readPageSize(field: GraphQLField<unknown, unknown>, node: FieldNode, requested: RequestedOperation): number {
  const [first, last] = ['first', 'last'].map((name) => toCount(readArgument(node, name, requested)));
  const defaultSize = field.args.find(({ name }) => name === 'first')?.defaultValue;
  return pageSize({ first, last }, toCount(defaultSize));
}

/** A value that is no valid size is refused later. It counts as the largest page. */
function toCount(given: unknown): number | undefined {
  if (given === undefined || given === null) return undefined;
  return typeof given === 'number' && given >= 0 && given <= MAX_PAGE_SIZE ? given : MAX_PAGE_SIZE;
}
