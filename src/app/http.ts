import type { FastifyInstance } from 'fastify';
import type { Locale } from '../core/locale.ts';
import { FieldProblem, type Problem } from '../core/problems.ts';
import { ProfileResolver } from '../features/accounts/profile.graphql.ts';
import { SecurityEventResolver } from '../features/accounts/security-event.graphql.ts';
import { UserResolver } from '../features/accounts/user.graphql.ts';
import { createUserReferences } from '../features/accounts/user-references.service.ts';
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
import { isReady } from '../features/health/health.service.ts';
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
import { listClaimNames } from '../features/sessions/claim-names.ts';
import { NodeResolver } from '../features/sessions/node.graphql.ts';
import { SessionResolver, UserSessionsResolver } from '../features/sessions/session.graphql.ts';
import { ReauthenticationResolver } from '../features/sign-in/reauthentication.graphql.ts';
import { IdentityResolver } from '../features/social/identity.graphql.ts';
import { SocialResolver } from '../features/social/social.graphql.ts';
import { StatisticsResolver } from '../features/statistics/statistics.graphql.ts';
import type { Drain } from '../http/drain.ts';
import { buildSubgraph } from '../http/federation/subgraph.ts';
import { buildApiSchema } from '../http/schema.ts';
import { createServer } from '../http/server.ts';
import { smsStatus } from '../http/sms-status.ts';
import { fieldProblemText, problemText } from '../messages/problems.ts';
import { VERSION } from '../version.ts';
import { sendsTexts } from './accounts.ts';
import type { Infrastructure } from './infrastructure.ts';
import { createOperationNames } from './operation-names.ts';
import { createPages } from './pages.ts';
import { createRequestObserver } from './request-metrics.ts';
import type { Services } from './services.ts';
import { createDescriptions } from './setting-descriptions.ts';

/** Builds the HTTP server for the services. It does not listen yet. */
export function createHttp(infra: Infrastructure, services: Services, drain: Drain): Promise<FastifyInstance> {
  const { config, log, metrics } = infra;
  const { accounts, admin, keys, passwords, sessions } = services;
  const api = buildApiSchema([
    new UserResolver(infra.db, accounts, passwords, services.metadata, services.authority),
    new EmailResolver(services.registration, services.requestEmailVerification, services.verifyEmail),
    new EmailChangeResolver(services.requestEmailChange, services.confirmEmailChange),
    new EmailOtpResolver(services.requestEmailOtp, services.signInByEmail),
    new DeletionResolver(services.deleteAccount),
    new HealthResolver(services.health, VERSION),
    new IdentityResolver(services.identities, services.unlinkIdentity),
    new LoginResolver(services.login),
    new NodeResolver(accounts, sessions),
    new PasskeyResolver(services.passkeys, services.renamePasskey, services.removePasskey),
    new PasskeyLoginResolver(services.passkeyLogin),
    new PasskeyRegistrationResolver(services.startPasskeyRegistration, services.finishPasskeyRegistration),
    new PasswordResolver(services.requestPasswordReset, services.resetPassword, services.changePassword),
    new PhoneResolver(services.phoneRequests, services.confirmPhoneOtp),
    new ProfileResolver(services.updateProfile),
    new ReauthenticationResolver(services.reauthenticate),
    new SecondFactorVerificationResolver(services.verifySecondFactor),
    new SecondFactorsResolver(services.totpEnrollment, services.factorSettings),
    new UserFactorsResolver(infra.db, services.totp, services.recoveryCodes),
    new ServerSettingsResolver(config, sendsTexts(config)),
    new EffectiveSettingsResolver(config.effective, createDescriptions()),
    new SessionResolver(services.checkToken, services.refresh, services.sessionEnding),
    new SigningKeyResolver(keys),
    new SocialResolver(services.authorize, services.social),
    new StatisticsResolver(services.statistics),
    new UserSessionsResolver(sessions),
    new UserListResolver(admin.list, accounts),
    new ManagedUserResolver(admin.create, admin.update, admin.removal, admin.recover, admin.resetSecondFactors),
    new ImpersonationResolver(admin.impersonate),
    new AuditEventResolver(services.listEvents, accounts),
    new DeliveryResolver(services.deliveries),
    new SecurityEventResolver(services.listEvents),
  ]);
  const { federation } = config;
  const schema = federation ? buildSubgraph(api, federation.prefix, createUserReferences({ accounts })) : api;
  return createServer({
    config: { production: config.production, http: config.http, passkeys: config.passkeys },
    schema,
    namePrefix: federation?.prefix ?? '',
    log,
    drain,
    pages: [createPages(infra, services), async (scope) => smsStatus(scope, services.outbox)],
    authenticate: services.sessionTokens.authenticate,
    introspect: services.sessionTokens.introspect,
    authorise: services.authority.require,
    refuseImpersonation: services.authority.refuseImpersonation,
    requireRecentSignIn: services.ownerConfirmation.requireRecentSignIn,
    explain,
    health: async () => {
      const report = await services.health.check();
      const toStatus = (isUp: boolean) => (isUp ? 'UP' : 'DOWN');
      return {
        status: toStatus(isReady(report)),
        database: toStatus(report.database),
        writes: toStatus(report.writes),
        disk: toStatus(report.disk),
        store: toStatus(report.store),
        migrations: toStatus(report.migrations),
      };
    },
    jwks: async () => keys.jwks(),
    claims: listClaimNames(config.tokens.claims),
    revocationFeed: services.revocationFeed,
    traceRequests: infra.tracer && {
      tracer: infra.tracer,
      scheme: config.http.secure ? 'https' : 'http',
      nameOperation: createOperationNames(api, federation?.prefix),
    },
    observeRequest: metrics && createRequestObserver(metrics, api, federation?.prefix),
  });
}

const explain = (problem: Problem | FieldProblem, locale: Locale): string =>
  problem instanceof FieldProblem ? fieldProblemText(problem, locale) : problemText(problem, locale);
