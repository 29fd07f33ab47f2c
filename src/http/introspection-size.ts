import {
  type FieldNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { listFragments, type RequestedOperation, readArgument } from './requested-operation.ts';

/**
 * Bytes above which measuring stops. It takes about as long as running the query, and the real query of GraphiQL and of
 * code generators stays far below.
 */
export const MAX_INTROSPECTION_BYTES = 1024 * 1024;

/**
 * The bytes of `__schema` or `__type` in a response, counted in the schema itself: with lists of lists, an estimate from
 * maximum lengths would be a hundred times too high. Deprecated members are always counted.
 * @returns Infinity if it is more than MAX_INTROSPECTION_BYTES
 */
export function measureIntrospection(schema: GraphQLSchema, root: FieldNode, requested: RequestedOperation): number {
  const fragments = listFragments(requested.document);
  // Introspection reads nothing else of it.
  const info = { schema } as GraphQLResolveInfo;
  let total = 0;

  function measureSet(set: SelectionSetNode, type: GraphQLOutputType, source: unknown): void {
    for (const node of set.selections) {
      if (total > MAX_INTROSPECTION_BYTES) return;
      if (node.kind !== Kind.FIELD) {
        const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
        if (fragment) measureSet(fragment.selectionSet, type, source);
        continue;
      }
      const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
      if (field) measureField(node, field, source);
      else total += (node.alias ?? node.name).value.length + 64; // __typename
    }
  }

  function measureField(node: FieldNode, field: GraphQLField<unknown, unknown>, source: unknown): void {
    total += (node.alias ?? node.name).value.length + '"":,'.length;
    const args = { includeDeprecated: true, name: readArgument(node, 'name', requested) };
    measureValue(node, field.type, field.resolve?.(source, args, undefined, info));
  }

  function measureValue(node: FieldNode, type: GraphQLOutputType, value: unknown): void {
    total += '[],{}'.length;
    if (value === null || value === undefined || total > MAX_INTROSPECTION_BYTES) return;
    if (isNonNullType(type)) measureValue(node, type.ofType, value);
    else if (isListType(type)) for (const item of value as readonly unknown[]) measureValue(node, type.ofType, item);
    else if (node.selectionSet) measureSet(node.selectionSet, type, value);
    else total += Buffer.byteLength(JSON.stringify(value));
  }

  measureField(root, root.name.value === SchemaMetaFieldDef.name ? SchemaMetaFieldDef : TypeMetaFieldDef, undefined);
  return total > MAX_INTROSPECTION_BYTES ? Number.POSITIVE_INFINITY : total;
}
