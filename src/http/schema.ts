import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { DateTime } from '../core/scalars.ts';
import { ProfileResolver } from '../features/accounts/profile.graphql.ts';
import { SecurityEventResolver } from '../features/accounts/security-event.graphql.ts';
import { UserResolver } from '../features/accounts/user.graphql.ts';
import { AuditEventResolver } from '../features/admin/audit-event.graphql.ts';
import { ImpersonationResolver } from '../features/admin/impersonation.graphql.ts';
import { ManagedUserResolver } from '../features/admin/managed-user.graphql.ts';
import { UserListResolver } from '../features/admin/user-list.graphql.ts';
import { DeletionResolver } from '../features/deletion/account-deletion.graphql.ts';
import { DeliveryResolver } from '../features/deliveries/delivery.graphql.ts';
import { EmailResolver } from '../features/emails/email.graphql.ts';
import { EmailChangeResolver } from '../features/emails/email-change.graphql.ts';
import { EmailOtpResolver } from '../features/emails/email-otp.graphql.ts';
import { HealthResolver } from '../features/health/health.graphql.ts';
import { SigningKeyResolver } from '../features/keys/signing-key.graphql.ts';
import { PasskeyResolver } from '../features/passkeys/passkey.graphql.ts';
import { PasskeyLoginResolver } from '../features/passkeys/passkey-login.graphql.ts';
import { PasskeyRegistrationResolver } from '../features/passkeys/passkey-registration.graphql.ts';
import { LoginResolver } from '../features/passwords/login.graphql.ts';
import { PasswordResolver } from '../features/passwords/password.graphql.ts';
import { PhoneResolver } from '../features/phones/phone.graphql.ts';
import { SecondFactorVerificationResolver } from '../features/second-factors/second-factor-verification.graphql.ts';
import { SecondFactorsResolver } from '../features/second-factors/second-factors.graphql.ts';
import { UserFactorsResolver } from '../features/second-factors/user-factors.graphql.ts';
import { EffectiveSettingsResolver } from '../features/server-settings/effective-settings.graphql.ts';
import { ServerSettingsResolver } from '../features/server-settings/server-settings.graphql.ts';
import { NodeResolver } from '../features/sessions/node.graphql.ts';
import { SessionResolver, UserSessionsResolver } from '../features/sessions/session.graphql.ts';
import { ReauthenticationResolver } from '../features/sign-in/reauthentication.graphql.ts';
import { IdentityResolver } from '../features/social/identity.graphql.ts';
import { SocialResolver } from '../features/social/social.graphql.ts';
import { StatisticsResolver } from '../features/statistics/statistics.graphql.ts';
import { enforceAccess } from './access.ts';
import { recordOutcomes } from './outcomes.ts';
import { requireMaximumSizes } from './response-limit.ts';

// biome-ignore lint/complexity/noBannedTypes: what type-graphql calls a class
type ResolverClass = Function;

const RESOLVERS: NonEmptyArray<ResolverClass> = [
  UserResolver,
  EmailResolver,
  EmailChangeResolver,
  EmailOtpResolver,
  DeletionResolver,
  HealthResolver,
  IdentityResolver,
  LoginResolver,
  NodeResolver,
  PasskeyResolver,
  PasskeyLoginResolver,
  PasskeyRegistrationResolver,
  PasswordResolver,
  PhoneResolver,
  ProfileResolver,
  ReauthenticationResolver,
  SecondFactorVerificationResolver,
  SecondFactorsResolver,
  UserFactorsResolver,
  ServerSettingsResolver,
  EffectiveSettingsResolver,
  SessionResolver,
  SigningKeyResolver,
  SocialResolver,
  StatisticsResolver,
  UserSessionsResolver,
  UserListResolver,
  ImpersonationResolver,
  ManagedUserResolver,
  AuditEventResolver,
  DeliveryResolver,
  SecurityEventResolver,
];

/**
 * Throws if an operation does not declare who may call it, or a list how long it can be.
 * @param resolvers an instance of each class; none if only the SDL is needed
 */
export function buildApiSchema(resolvers: readonly object[] = []): GraphQLSchema {
  const instances = new Map(resolvers.map((resolver) => [resolver.constructor, resolver]));
  const schema = buildSchemaSync({
    resolvers: RESOLVERS,
    container: {
      get(wanted: ResolverClass) {
        const resolver = instances.get(wanted);
        if (!resolver) throw new Error(`${wanted.name} was not created in src/app/http.ts`);
        return resolver;
      },
    },
    scalarsMap: [{ type: Date, scalar: DateTime }],
    validate: false,
    // The check runs the introspection query at every startup. Apollo Server validates the schema, and a test introspects it.
    skipCheck: true,
  });
  enforceAccess(schema);
  requireMaximumSizes(schema);
  recordOutcomes(schema);
  return schema;
}

/** The committed SDL, sorted to keep diffs small. */
export const printApiSchema = (): string => `${printSchema(lexicographicSortSchema(buildApiSchema()))}\n`;
