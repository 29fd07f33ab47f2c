import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, getNamedType, isUnionType } from 'graphql';
import type { HttpContext } from './context.ts';

/** Notes which member of its union each operation returned, such as InvalidCredentials, for the access log. */
export function recordOutcomes(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  for (const root of roots) for (const field of Object.values(root?.getFields() ?? {})) recordOutcome(field);
}

function recordOutcome(field: GraphQLField<unknown, HttpContext>): void {
  const union = getNamedType(field.type);
  if (!isUnionType(union)) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (root, args, context, info) => {
    const outcome = await resolve(root, args, context, info);
    const type = await union.resolveType?.(outcome, context, info, union);
    if (type) context.request.outcome = type;
    return outcome;
  };
}
