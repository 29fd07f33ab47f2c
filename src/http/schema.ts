import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { DateTime } from '../core/scalars.ts';
import { ProfileResolver } from '../features/accounts/profile.graphql.ts';
import { SecurityEventResolver } from '../features/accounts/security-event.graphql.ts';
import { UserResolver } from '../features/accounts/user.graphql.ts';
import { AuditEventResolver } from '../features/admin/audit-event.graphql.ts';
import { ManagedUserResolver } from '../features/admin/managed-user.graphql.ts';
import { UserListResolver } from '../features/admin/user-list.graphql.ts';
import { DeletionResolver } from '../features/deletion/account-deletion.graphql.ts';
import { EmailResolver } from '../features/emails/email.graphql.ts';
import { EmailChangeResolver } from '../features/emails/email-change.graphql.ts';
import { HealthResolver } from '../features/health/health.graphql.ts';
import { LoginResolver } from '../features/passwords/login.graphql.ts';
import { PasswordResolver } from '../features/passwords/password.graphql.ts';
import { PhoneResolver } from '../features/phones/phone.graphql.ts';
import { SessionResolver, UserSessionsResolver } from '../features/sessions/session.graphql.ts';
import { IdentityResolver } from '../features/social/identity.graphql.ts';
import { SocialResolver } from '../features/social/social.graphql.ts';
import { enforceAccess } from './access.ts';

// biome-ignore lint/complexity/noBannedTypes: what type-graphql calls a class
type ResolverClass = Function;

const RESOLVERS: NonEmptyArray<ResolverClass> = [
  UserResolver,
  EmailResolver,
  EmailChangeResolver,
  DeletionResolver,
  HealthResolver,
  IdentityResolver,
  LoginResolver,
  PasswordResolver,
  PhoneResolver,
  ProfileResolver,
  SessionResolver,
  SocialResolver,
  UserSessionsResolver,
  UserListResolver,
  ManagedUserResolver,
  AuditEventResolver,
  SecurityEventResolver,
];

/**
 * Throws when an operation does not say who may call it.
 * @param resolvers one of each class, made with what it needs; none when only the shape of the schema is wanted
 */
export function buildApiSchema(resolvers: readonly object[] = []): GraphQLSchema {
  const made = new Map(resolvers.map((resolver) => [resolver.constructor, resolver]));
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    container: {
      get(wanted: ResolverClass) {
        const resolver = made.get(wanted);
        if (!resolver) throw new Error(`${wanted.name} was not made in app.ts`);
        return resolver;
      },
    },
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validate: false,
    // The whole introspection query at each start: Apollo Server validates the schema, and a test reads all of it.
    skipCheck: true,
  });
  enforceAccess(schema);
  return schema;
}

/** The SDL as it is committed: sorted, so that a diff shows what changed and nothing else. */
export const printApiSchema = (): string => `${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`;
