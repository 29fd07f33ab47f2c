import 'reflect-metadata';
import { Extensions } from 'type-graphql';

/** Who may call an operation. STAFF: whoever reads users, so administrators, too. */
export const ACCESS = ['ANYBODY', 'SIGNED_IN', 'STAFF', 'ADMIN'] as const;
export type Access = (typeof ACCESS)[number];

/** What asks for more than a session. */
export type RequiredRole = Extract<Access, 'STAFF' | 'ADMIN'>;

const EXTENSION = 'access';

/**
 * Stands at every query and mutation, and is enforced there: http/access.ts wraps what carries it, and a schema with an
 * operation that does not carry it is not made.
 */
export const Allow = (access: Access): MethodDecorator => Extensions({ [EXTENSION]: access }) as MethodDecorator;

/** Undefined: nobody has said. */
export const accessOf = ({ extensions }: { extensions?: Readonly<Record<string, unknown>> }): Access | undefined =>
  ACCESS.find((access) => access === extensions?.[EXTENSION]);

/** Whether somebody with these roles may do what the role may. */
export const hasRole = (roles: readonly string[], role: RequiredRole): boolean =>
  roles.includes('ADMIN') || roles.includes(role);
