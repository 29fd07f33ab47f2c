import type { Config } from '../config.ts';
import { createKeyring } from '../core/secrets.ts';
import { createAccounts } from '../features/accounts/account.service.ts';
import { createAudit } from '../features/audit/audit.service.ts';
import { createMeter } from '../features/budgets/budget.service.ts';
import { limitsOf } from '../features/budgets/limits.ts';
import { createChallenges } from '../features/challenges/challenge.service.ts';
import { createEmailChallenges } from '../features/challenges/email-challenge.service.ts';
import { createPasswords } from '../features/credentials/password.service.ts';
import { createPasswordHasher } from '../features/credentials/password-hasher.ts';
import { createPasswordPolicy } from '../features/credentials/password-policy.ts';
import { createRegistration } from '../features/emails/registration.service.ts';
import { createVerification } from '../features/emails/verification.service.ts';
import { createHealth } from '../features/health/health.service.ts';
import { createIdentities } from '../features/identities/identity.service.ts';
import { createKeys } from '../features/keys/keys.service.ts';
import { createOutbox } from '../features/outbox/outbox.service.ts';
import { createLogin } from '../features/passwords/login.service.ts';
import { createPasswordChange } from '../features/passwords/password-change.service.ts';
import { createPasswordNotice } from '../features/passwords/password-notice.service.ts';
import { createPasswordReset } from '../features/passwords/reset.service.ts';
import { createAccessTokens } from '../features/sessions/access-token.ts';
import { createRefreshTokens } from '../features/sessions/refresh-token.ts';
import { createSessions } from '../features/sessions/session.service.ts';
import { createReauthentication } from '../features/sign-in/reauthentication.service.ts';
import { createReclaim } from '../features/sign-in/reclaim.service.ts';
import { createSignIn } from '../features/sign-in/sign-in.service.ts';
import { createArrivals } from '../features/social/arrival.service.ts';
import { createAuthorize } from '../features/social/authorization.service.ts';
import { createProviders } from '../features/social/providers/registry.ts';
import { createRoundTrips } from '../features/social/round-trip.service.ts';
import { createSocial } from '../features/social/social.service.ts';
import { createSuperusers } from '../features/superusers/superuser.service.ts';
import { pendingMigrations } from '../infra/db/migrate.ts';
import { parseSender } from '../infra/mail/sender.ts';
import { createTemplates } from '../messages/templates.ts';
import type { Ground } from './ground.ts';

export type Services = ReturnType<typeof createServices>;

/** Everything that the service can do, over the ground that it stands on. */
export function createServices({ config, log, db, clock, store, mailer, openWeb }: Ground) {
  const keyring = createKeyring(config.secrets);
  const limits = limitsOf(config);
  const meter = createMeter({ volume: store.budgets, durable: store.durableBudgets, keyring });
  const audit = createAudit({ clock, log });
  const keys = createKeys({
    db,
    clock,
    keyring,
    tokens: config.tokens,
    log,
    onPublished: (tx, key, cause) =>
      audit.record(tx, { type: 'key-rotation', outcome: 'published', detail: { kid: key.kid, alg: key.alg, cause } }),
  });
  const templates = createTemplates({ directory: config.messages.templates, site: siteOf(config) });
  const outbox = createOutbox({ db, clock, keyring, mailer, templates, log, keepSealed: config.http.outboxViewer });

  const accounts = createAccounts({ db, clock });
  const hasher = createPasswordHasher(config.passwords);
  const passwords = createPasswords({ clock, hasher });
  const policy = createPasswordPolicy(config.passwords, serviceWords(config));
  const providers = createProviders(config.social, { openWeb, clock });
  const identities = createIdentities({ db, clock, audit, providers: providers.map(({ name }) => name) });
  const challenges = createChallenges({ db, clock, keyring, meter, limits, otp: config.otp });
  const { emailVerification, passwordReset, otp } = config;
  const routes = { emailVerification, passwordReset, otp };
  const emailChallenges = createEmailChallenges({ challenges, outbox, meter, limits, ...routes });

  const sessions = createSessions({
    db,
    clock,
    audit,
    meter,
    limits,
    revocations: store.revocations,
    refreshTokens: createRefreshTokens({ keyring, clock, issuer: config.tokens.issuer }),
    accessTokens: createAccessTokens({ keys, clock, tokens: config.tokens }),
    lifetimes: config.sessions,
    accessTtl: config.tokens.accessTtl,
  });
  const signIn = createSignIn({ db, audit, accounts, sessions, emailChallenges, policy: emailVerification.policy });

  const people = { db, audit, accounts, passwords };
  const hashing = { hasher, policy };
  const reclaim = createReclaim({ audit, accounts, passwords, identities, challenges, sessions });
  const reauthenticate = createReauthentication({ db, audit, passwords, hasher, meter, limits });
  const notify = createPasswordNotice({ clock, challenges, outbox, publicUrl: config.http.publicUrl });
  const roundTrips = createRoundTrips({ db, keyring, challenges });
  const arrivals = createArrivals({
    ...{ db, audit, accounts, identities, challenges, sessions, signIn, reclaim },
    signUp: config.signUp,
  });
  return {
    db,
    accounts,
    challenges,
    identities,
    keys,
    outbox,
    passwords,
    sessions,
    health: createHealth({ db, isStoreUp: store.isUp, pendingMigrations }),
    login: createLogin({ ...people, hasher, meter, limits, signIn }),
    registration: createRegistration({ ...people, ...hashing, emailChallenges, signIn, config }),
    passwordReset: createPasswordReset({
      ...people,
      ...hashing,
      challenges,
      emailChallenges,
      sessions,
      reclaim,
      notify,
      meter,
      limits,
    }),
    changePassword: createPasswordChange({ ...people, ...hashing, reauthenticate, sessions, notify, outbox }),
    verification: createVerification({ ...people, challenges, emailChallenges, signIn }),
    authorize: createAuthorize({
      ...{ db, clock, log, accounts, passwords, sessions, reauthenticate, meter, limits, providers, roundTrips },
      redirectUris: config.social.redirectUris,
    }),
    social: createSocial({ db, audit, log, meter, limits, providers, roundTrips, arrivals }),
    superusers: createSuperusers({ ...people, ...hashing }),
  };
}

/** What the service is called in what it writes to people. */
export const siteOf = ({ mail, http }: Config): string => parseSender(mail.from)?.name || new URL(http.publicUrl).host;

/** What a guesser of passwords knows of the service itself. */
const serviceWords = ({ http }: Config): string[] => ['latchkey', new URL(http.publicUrl).hostname];
