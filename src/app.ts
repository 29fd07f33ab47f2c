import type { FastifyInstance } from 'fastify';
import type { Config } from './config.ts';
import type { Clock } from './core/clock.ts';
import type { Locale } from './core/locale.ts';
import type { Log } from './core/log.ts';
import { AccountDisabled, ChallengeFailed, FieldProblem, type Problem, RateLimited } from './core/problems.ts';
import type { Client } from './core/request.ts';
import { createKeyring } from './core/secrets.ts';
import { createAccounts } from './features/accounts/account.service.ts';
import { UserResolver } from './features/accounts/user.graphql.ts';
import { createAudit } from './features/audit/audit.service.ts';
import { createMeter } from './features/budgets/budget.service.ts';
import { limitsOf } from './features/budgets/limits.ts';
import { createChallenges } from './features/challenges/challenge.service.ts';
import { createEmailChallenges } from './features/challenges/email-challenge.service.ts';
import { createPasswords } from './features/credentials/password.service.ts';
import { createPasswordHasher } from './features/credentials/password-hasher.ts';
import { createPasswordPolicy } from './features/credentials/password-policy.ts';
import { EmailResolver } from './features/emails/email.graphql.ts';
import { EmailVerified } from './features/emails/email-verified.ts';
import { createRegistration } from './features/emails/registration.service.ts';
import { createVerification } from './features/emails/verification.service.ts';
import { HealthResolver } from './features/health/health.graphql.ts';
import { createHealth } from './features/health/health.service.ts';
import { startHousekeeping } from './features/housekeeping/housekeeping.service.ts';
import { createKeys } from './features/keys/keys.service.ts';
import { createOutbox } from './features/outbox/outbox.service.ts';
import { LoginResolver } from './features/passwords/login.graphql.ts';
import { createLogin } from './features/passwords/login.service.ts';
import { createAccessTokens } from './features/sessions/access-token.ts';
import { createRefreshTokens } from './features/sessions/refresh-token.ts';
import { SessionResolver, UserSessionsResolver } from './features/sessions/session.graphql.ts';
import { createSessions } from './features/sessions/session.service.ts';
import { createSignIn } from './features/sign-in/sign-in.service.ts';
import { createSuperusers } from './features/superusers/superuser.service.ts';
import { clientOf } from './http/context.ts';
import { createDrain, type Drain } from './http/drain.ts';
import { outboxPage } from './http/pages/outbox.page.ts';
import { verifyEmailPage } from './http/pages/verify-email.page.ts';
import type { VerifyEmailOutcome } from './http/pages/words.ts';
import { buildApiSchema } from './http/schema.ts';
import { createServer } from './http/server.ts';
import { type Database, type Db, openDatabase } from './infra/db/client.ts';
import { databaseClock } from './infra/db/clock.ts';
import { pendingMigrations } from './infra/db/migrate.ts';
import { logMailer } from './infra/mail/log-mailer.ts';
import type { Mailer } from './infra/mail/mailer.ts';
import { parseSender } from './infra/mail/sender.ts';
import { smtpMailer } from './infra/mail/smtp-mailer.ts';
import { openStore, type Store } from './infra/store/open-store.ts';
import { pruneBudgets, pruneRevocations } from './infra/store/prune.ts';
import { fieldProblemText, problemText } from './messages/problems.ts';
import { createTemplates } from './messages/templates.ts';
import { VERSION } from './version.ts';

// The composition root: the only file that knows every name.

/** What a program may bring along instead of the service's own. */
export interface Overrides {
  log: Log;
  /** Already open and migrated. */
  database?: Database;
  /** Instead of the database's time. */
  clock?: Clock;
  mailer?: Mailer;
}

/** What the services stand on. */
interface Ground {
  config: Config;
  log: Log;
  db: Db;
  clock: Clock;
  store: Store;
  mailer: Mailer;
  close(): Promise<void>;
}

export type Services = ReturnType<typeof createServices>;

export interface App {
  services: Services;
  http: FastifyInstance;
  drain: Drain;
  /** Looks after keys, messages and expired rows from now on. */
  start(): Promise<void>;
  /** After the server has been drained: work in flight ends, then connections close. */
  close(): Promise<void>;
}

/** Opens what the configuration names and makes the whole service of it, not yet listening. */
export async function createApp(config: Config, overrides: Overrides): Promise<App> {
  const ground = await openGround(config, overrides);
  try {
    return await assemble(ground);
  } catch (error) {
    await ground.close();
    throw error;
  }
}

async function assemble(ground: Ground): Promise<App> {
  const services = createServices(ground);
  const drain = createDrain({ log: ground.log });
  const http = await createHttp(ground, services, drain);
  const { keys, outbox } = services;
  let housekeeping: ReturnType<typeof startHousekeeping> | undefined;

  return {
    services,
    http,
    drain,
    async start() {
      await keys.start();
      outbox.start();
      housekeeping = startHousekeeping(sweepsOf(ground, services), { log: ground.log });
    },
    async close() {
      await http.close();
      await Promise.all([housekeeping?.close(), outbox.close(), keys.close()]);
      await ground.close();
    },
  };
}

async function openGround(config: Config, { log, database, clock, mailer }: Overrides): Promise<Ground> {
  const opened = database ?? (await openDatabase(config.database));
  try {
    const mail = mailer ?? openMailer(config, log);
    const time = clock ? { now: clock.now, close: () => {} } : await databaseClock(opened.db);
    const store = await openStore(config.store, {
      db: opened.db,
      clock: time,
      onRedisChange: (up) =>
        log.warn({ up }, up ? 'Redis answers again' : 'Redis does not answer: the database does its work'),
    });
    return {
      config,
      log,
      db: opened.db,
      clock: time,
      store,
      mailer: mail,
      async close() {
        time.close();
        await Promise.all([store.close(), mail.close()]);
        await opened.close();
      },
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

export function openMailer({ mail, http }: Config, log: Log): Mailer {
  if (mail.kind === 'smtp') return smtpMailer({ url: mail.url, from: mail.from });
  return logMailer({ log, viewer: http.outboxViewer ? `${http.publicUrl}/dev/outbox` : undefined });
}

function createServices({ config, log, db, clock, store, mailer }: Ground) {
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
  const challenges = createChallenges({ db, clock, keyring, meter, limits, otp: config.otp });
  const { emailVerification, otp } = config;
  const emailChallenges = createEmailChallenges({ challenges, outbox, meter, limits, emailVerification, otp });

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
  return {
    db,
    accounts,
    challenges,
    keys,
    outbox,
    passwords,
    sessions,
    health: createHealth({ db, isStoreUp: store.isUp, pendingMigrations }),
    login: createLogin({ ...people, hasher, meter, limits, signIn }),
    registration: createRegistration({ ...people, hasher, policy, emailChallenges, signIn, config }),
    verification: createVerification({ ...people, challenges, emailChallenges, meter, limits, signIn }),
    superusers: createSuperusers({ ...people, hasher, policy }),
  };
}

/** What the service is called in what it writes to people. */
const siteOf = ({ mail, http }: Config): string => parseSender(mail.from)?.name || new URL(http.publicUrl).host;

/** What a guesser of passwords knows of the service itself. */
const serviceWords = ({ http }: Config): string[] => ['latchkey', new URL(http.publicUrl).hostname];

function createHttp(ground: Ground, services: Services, drain: Drain): Promise<FastifyInstance> {
  const { config, log } = ground;
  const { accounts, keys, outbox, passwords, sessions, verification } = services;
  const schema = buildApiSchema([
    new UserResolver(ground.db, accounts, passwords),
    new EmailResolver(services.registration, verification),
    new HealthResolver(services.health, VERSION),
    new LoginResolver(services.login),
    new SessionResolver(sessions),
    new UserSessionsResolver(sessions),
  ]);
  const pages = async (scope: FastifyInstance): Promise<void> => {
    const { publicUrl, outboxViewer } = config.http;
    const isOurPage = config.emailVerification.url.startsWith(`${publicUrl}/`);
    if (isOurPage) verifyEmailPage(scope, { publicUrl, site: siteOf(config), clientOf, log, verify: verifyByLink });
    if (outboxViewer) outboxPage(scope, { recent: outbox.recent });
  };
  async function verifyByLink(token: string, client: Client): Promise<VerifyEmailOutcome> {
    const outcome = await verification.verifyEmail({ token }, client);
    if (outcome instanceof EmailVerified) return 'VERIFIED';
    if (outcome instanceof AccountDisabled) return 'ACCOUNT_DISABLED';
    if (outcome instanceof RateLimited) return 'RATE_LIMITED';
    return outcome instanceof ChallengeFailed ? outcome.reason : 'UNKNOWN';
  }

  return createServer({
    config,
    schema,
    log,
    drain,
    pages: [pages],
    authenticate: sessions.authenticate,
    explain,
    health: async () => {
      const { database, store, migrations } = await services.health.check();
      const word = (up: boolean) => (up ? 'UP' : 'DOWN');
      const isReady = database && migrations;
      return { status: word(isReady), database: word(database), store: word(store), migrations: word(migrations) };
    },
    jwks: async () => keys.jwks(),
  });
}

const explain = (problem: Problem | FieldProblem, locale: Locale): string =>
  problem instanceof FieldProblem ? fieldProblemText(problem, locale) : problemText(problem, locale);

const sweepsOf = ({ db, clock }: Ground, { challenges, outbox, sessions }: Services) => ({
  challenges: challenges.prune,
  outbox: outbox.prune,
  sessions: sessions.prune,
  budgets: (limit: number) => pruneBudgets(db, clock.now(), limit),
  revocations: (limit: number) => pruneRevocations(db, clock.now(), limit),
});
