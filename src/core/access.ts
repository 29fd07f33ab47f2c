import 'reflect-metadata';
import { Extensions } from 'type-graphql';

/** Who may call an operation. STAFF includes administrators. */
export const ACCESS = ['PUBLIC', 'SIGNED_IN', 'STAFF', 'ADMIN'] as const;
export type Access = (typeof ACCESS)[number];

/** Access that needs more than a session. */
export type RequiredRole = Extract<Access, 'STAFF' | 'ADMIN'>;

const EXTENSION = 'access';

/**
 * Required on every query and mutation. http/access.ts enforces it, and refuses to build a schema with an operation
 * that lacks it.
 */
export const Allow = (who: Access): MethodDecorator => Extensions(access(who)) as MethodDecorator;

/** The same as extensions of a field that no decorator describes. */
export const access = (who: Access): Readonly<Record<string, Access>> => ({ [EXTENSION]: who });

/** Undefined if the operation has no `@Allow`. */
export const readAccess = ({ extensions }: { extensions?: Readonly<Record<string, unknown>> }): Access | undefined =>
  ACCESS.find((who) => who === extensions?.[EXTENSION]);

const IN_IMPERSONATION = 'impersonation';

/**
 * Permits a mutation to an administrator who acts as a user. Without it, http/access.ts refuses: a forgotten annotation must
 * not hand over the account (docs/decisions/0021). Queries of users need none.
 */
export const AllowInImpersonation = (): MethodDecorator => Extensions({ [IN_IMPERSONATION]: true }) as MethodDecorator;

export const isAllowedInImpersonation = (field: { extensions?: Readonly<Record<string, unknown>> }): boolean =>
  field.extensions?.[IN_IMPERSONATION] === true;

/** Whether a user with these roles has the required one. Administrators have every role. */
export const hasRole = (roles: readonly string[], role: RequiredRole): boolean =>
  roles.includes('ADMIN') || roles.includes(role);
