import { defaultFieldResolver, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { type Access, accessOf } from '../core/access.ts';
import type { RequestContext } from '../core/request.ts';
import { requireViewer } from '../core/viewer.ts';

/** Every operation of the schema, as `query me`, and who may call it. */
export function accessList(schema: GraphQLSchema): Map<string, Access | undefined> {
  return new Map(operationsOf(schema).map(({ name, field }) => [name, accessOf(field)]));
}

/** Puts before each operation what it declares. Throws when one declares nothing: forgetting must not mean allowing. */
export function enforceAccess(schema: GraphQLSchema): void {
  const undeclared = [...accessList(schema)].flatMap(([name, access]) => (access ? [] : [name]));
  if (undeclared.length > 0) throw new Error(`nothing says who may call ${undeclared.join(', ')}: see @Allow`);
  for (const { name, field } of operationsOf(schema)) guard(field, name, accessOf(field) ?? 'ADMIN');
}

type Operation = GraphQLField<unknown, RequestContext>;

function guard(field: Operation, name: string, access: Access): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  if (access === 'PUBLIC') return;
  field.resolve = async (root, args, context, info) => {
    await (access === 'SIGNED_IN' ? requireViewer(context) : context.requireRole(access, name));
    return resolve(root, args, context, info);
  };
}

function operationsOf(schema: GraphQLSchema): { name: string; field: Operation }[] {
  const of = (kind: string, type: GraphQLObjectType | null | undefined) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ name: `${kind} ${field.name}`, field }));
  return [...of('query', schema.getQueryType()), ...of('mutation', schema.getMutationType())];
}
