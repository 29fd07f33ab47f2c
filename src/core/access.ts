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
export const Allow = (access: Access): MethodDecorator => Extensions({ [EXTENSION]: access }) as MethodDecorator;

/** Undefined if the operation has no `@Allow`. */
export const readAccess = ({ extensions }: { extensions?: Readonly<Record<string, unknown>> }): Access | undefined =>
  ACCESS.find((access) => access === extensions?.[EXTENSION]);

/** Whether a user with these roles has the required one. Administrators have every role. */
export const hasRole = (roles: readonly string[], role: RequiredRole): boolean =>
  roles.includes('ADMIN') || roles.includes(role);
