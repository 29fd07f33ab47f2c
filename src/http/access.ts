import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
} from 'graphql';
import { type Access, isAllowedInImpersonation, readAccess } from '../core/access.ts';
import { FieldProblem, InvalidInput } from '../core/problems.ts';
import { type RecentSignInRule, readRecentSignIn } from '../core/recent-sign-in.ts';
import type { RequestContext } from '../core/request.ts';
import { requireViewer } from '../core/viewer.ts';

/** Every operation of the schema, such as `query me`, and who may call it. */
export function accessList(schema: GraphQLSchema): Map<string, Access | undefined> {
  return new Map(listOperations(schema).map(({ name, field }) => [name, readAccess(field)]));
}

/** The operations that require a recent sign-in, such as `mutation deleteAccount`. */
export const recentSignInList = (schema: GraphQLSchema): string[] =>
  listOperations(schema).flatMap(({ name, field }) => (readRecentSignIn(field) ? [name] : []));

/** Checks access before each operation. Throws if an operation declares none: forgetting it must not allow access. */
export function enforceAccess(schema: GraphQLSchema): void {
  const undeclared = [...accessList(schema)].flatMap(([name, access]) => (access ? [] : [name]));
  if (undeclared.length > 0) throw new Error(`@Allow is missing on ${undeclared.join(', ')}`);
  for (const { name, field } of listOperations(schema)) {
    checkTransport(field);
    checkRecentSignIn(field, name, readRecentSignIn(field)); // The inner check: roles come first.
    checkImpersonation(field, name, readRecentSignIn(field));
    checkAccess(field, name, readAccess(field) ?? 'ADMIN');
  }
}

type Operation = GraphQLField<unknown, RequestContext>;

function checkAccess(field: Operation, name: string, access: Access): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  if (access === 'PUBLIC') return;
  field.resolve = async (root, args, context, info) => {
    await (access === 'SIGNED_IN' ? requireViewer(context) : context.requireRole(access, name));
    return resolve(root, args, context, info);
  };
}

/** Returns ReauthenticationRequired in place of the resolver. */
function checkRecentSignIn(field: Operation, name: string, rule: RecentSignInRule | undefined): void {
  if (!rule) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (root, args, context, info) => {
    const hasPassword = rule.orPassword !== undefined && Boolean(args.input[rule.orPassword]);
    const suffices = hasPassword && !(await context.impersonation());
    const refusal = appliesTo(rule, args) && !suffices ? await context.requireRecentSignIn(name) : undefined;
    return refusal ?? resolve(root, args, context, info);
  };
}

const appliesTo = (rule: RecentSignInRule, args: Parameters<NonNullable<RecentSignInRule['when']>>[0]): boolean =>
  rule.when?.(args) ?? true;

/**
 * Refuses mutations while an administrator acts as the user, unless they declare that they are allowed. Those that require
 * a recent sign-in return ReauthenticationRequired, by the check inside.
 */
function checkImpersonation(field: Operation, name: string, rule: RecentSignInRule | undefined): void {
  if (!name.startsWith('mutation ') || isAllowedInImpersonation(field)) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = async (root, args, context, info) => {
    const viewer = rule && appliesTo(rule, args) ? undefined : await context.impersonation();
    if (viewer) await context.refuseImpersonation(viewer, name);
    return resolve(root, args, context, info);
  };
}

/** Refuses a session whose cookie the browser would drop. Operations with a `transport` return InvalidInput. */
function checkTransport(field: Operation): void {
  const input = getNamedType(field.args.find(({ name }) => name === 'input')?.type);
  if (!isInputObjectType(input) || !('transport' in input.getFields())) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (root, args, context, info) =>
    args.input.transport === 'COOKIE' && context.isCrossSite
      ? new InvalidInput([new FieldProblem('transport', 'NOT_ALLOWED', 'cookie-across-sites')])
      : resolve(root, args, context, info);
}

function listOperations(schema: GraphQLSchema): { name: string; field: Operation }[] {
  const list = (kind: string, type: GraphQLObjectType | null | undefined) =>
    Object.values(type?.getFields() ?? {}).map((field) => ({ name: `${kind} ${field.name}`, field }));
  return [...list('query', schema.getQueryType()), ...list('mutation', schema.getMutationType())];
}
