import type { PhoneValidation } from '../core/phone-reader.ts';
import type { Country } from '../core/phones.ts';
import type { ClaimTemplate } from '../core/token-claims/claim-template.ts';
import type { WebhookType } from '../core/webhook-types.ts';
import type { ConfiguredProvider } from '../features/social/providers/definition.ts';
import type { ConfiguredGateway } from '../infra/sms/gateway.ts';
import type { RateLimit } from '../infra/store/rate-limits.ts';
import type { PostgresTarget } from './database-url.ts';
import type { EffectiveSetting } from './effective.ts';
import type { RedisServers } from './redis-servers.ts';
import type { TracesConfig } from './traces.ts';

/** Milliseconds. */
type Duration = number;

/** All settings, parsed and checked. */
export interface Config {
  production: boolean;
  http: {
    host: string;
    /** 0: any free port. */
    port: number;
    /** Without a trailing slash. For links, token issuer and cookies; never derived from a request. */
    publicUrl: string;
    /** PUBLIC_URL is https: Secure cookies with the __Host- prefix, HSTS. */
    secure: boolean;
    /**
     * For CORS and the refresh cookie: origins exactly as browsers send them, or with * in place of the first label of the
     * host. Always contains the origin of PUBLIC_URL.
     */
    allowedOrigins: readonly string[];
    /** In the same form. They may call the API, but without credentials: anyone can have such an origin. */
    publicOrigins: readonly string[];
    /** Whether every origin on this machine is allowed. */
    loopbackOrigins: boolean;
    /** Networks (CIDR) of proxies whose X-Forwarded-For header is trusted. */
    trustedProxies: readonly string[];
    /** Milliseconds between the first 503 of readiness and the close of the port. */
    drainDelay: number;
    graphiql: boolean;
    introspection: boolean;
    outboxViewer: boolean;
  };
  pages: {
    /** Whether users can sign in and manage their account at /account. */
    account: boolean;
    /** Whether staff and administrators have their console at /console. */
    console: boolean;
    /** Where the account pages may send people back to: origins as in allowedOrigins, or exact URLs. */
    returnUrls: readonly string[];
  };
  /** Undefined: not a subgraph. */
  federation: { prefix: string } | undefined;
  /** Processes that serve requests. 1 with the embedded database. */
  workers: number;
  database: EmbeddedConfig | PostgresConfig;
  store: { kind: 'database' } | { kind: 'redis'; servers: RedisServers };
  /** At least 32 bytes each, the current one first. */
  secrets: readonly [Buffer, ...Buffer[]];
  tokens: {
    algorithm: 'ES256' | 'EdDSA' | 'RS256';
    issuer: string;
    audience: string;
    accessTtl: Duration;
    /** The longest lifetime of an access token: tokens of impersonations have their own. */
    longestTtl: Duration;
    /** Further claims of access tokens. */
    claims: ClaimTemplate | undefined;
    keyRotation: Duration;
    /** How long a key is in the JWKS before it signs: longer than the JWKS may be cached. */
    keyPublishLead: Duration;
  };
  sessions: {
    idleTtl: Duration;
    maxAge: Duration;
    refreshGrace: Duration;
    /** Live ones. */
    perAccount: number;
    /** Rows are kept this long after the session expires. */
    retention: Duration;
  };
  administration: {
    /** Whether operations of STAFF and ADMIN need a session with a second factor. */
    secondFactor: 'off' | 'required';
  };
  signUp: 'open' | 'closed';
  emailVerification: {
    policy: 'signup' | 'login' | 'off';
    method: 'code' | 'link' | 'both';
    /** The page that the link opens; ?token= is appended. */
    url: string;
    linkTtl: Duration;
  };
  otp: {
    ttl: Duration;
    maxAttempts: number;
    resendCooldown: Duration;
    accountLimit: RateLimit;
  };
  phones: {
    /** After this time without use, the number may have a new owner. 0: never. */
    recycledAfter: Duration;
    validation: PhoneValidation;
  };
  /** Whether users can set up second factors. Accounts that require one still do without. */
  secondFactors: boolean;
  passwords: {
    minLength: number;
    /** zxcvbn's score. */
    minStrength: 0 | 1 | 2 | 3 | 4;
    argon2: { memoryKib: number; passes: number; lanes: number };
    /** Hashes that run at the same time, in all workers together. */
    hashConcurrency: number;
    hashQueueLimit: number;
  };
  /** Sign-in by an emailed code or link. */
  emailSignIn: {
    enabled: boolean;
    /** The page that the link opens; ?token= is appended. */
    url: string;
    linkTtl: Duration;
  };
  emailChange: {
    /** The page that the link opens; ?token= is appended. */
    url: string;
    linkTtl: Duration;
  };
  passwordReset: {
    /** The page that the link opens; ?token= is appended. */
    url: string;
    linkTtl: Duration;
  };
  login: { accountLimit: RateLimit; networkLimit: RateLimit };
  mail: { kind: 'smtp'; url: string; from: string } | { kind: 'log'; from: string };
  sms: SmsConfig;
  social: SocialConfig;
  /** Undefined: off. */
  passkeys: PasskeyConfig | undefined;
  /** Undefined: off. */
  webhooks: WebhookConfig | undefined;
  product: {
    name: string;
    /** How users reach support. */
    support: string | undefined;
    /** https. */
    logoUrl: string | undefined;
    /** #rrggbb */
    color: string | undefined;
  };
  messages: {
    /** A directory of templates that override ours. */
    templates: string | undefined;
  };
  audit: {
    /** Events older than this are deleted. 0: never. */
    retention: Duration;
  };
  outbox: {
    /** How long rows of sent messages are kept. */
    retention: Duration;
  };
  log: { level: string };
  /** Where Prometheus reads the metrics. Undefined: nothing is measured. */
  metrics: { host: string; port: number } | undefined;
  /** Undefined: nothing is traced. */
  traces: TracesConfig | undefined;
  /** All settings as administrators see them, without secrets. */
  effective: readonly EffectiveSetting[];
}

export interface PasskeyConfig {
  /** The domain that passkeys belong to. */
  rpId: string;
  rpName: string;
  /** Exactly as authenticators report them: of pages, and of apps (android:apk-key-hash:…). */
  origins: readonly string[];
  /** Whether every origin on this machine is accepted. */
  loopbackOrigins: boolean;
  /** Origins outside the domain, for /.well-known/webauthn. */
  relatedOrigins: readonly string[];
  /** Apple app IDs. */
  iosApps: readonly string[];
  /** With SHA-256 fingerprints of their certificates: AB:CD:… */
  androidApps: readonly { packageName: string; fingerprints: readonly string[] }[];
}

export interface EmbeddedConfig {
  kind: 'embedded';
  directory: string;
  /** Whether a commit waits until it is on the disk. */
  isDurable: boolean;
  /** Where the tables are. */
  schema: string;
}

export interface PostgresConfig {
  kind: 'postgres';
  target: PostgresTarget;
  /** Where the tables are. */
  schema: string;
  poolSize: number;
  /** Milliseconds to wait for a free connection. */
  poolWait: number;
  /** False behind PgBouncer in transaction mode (DATABASE_URL with ?pgbouncer=true). */
  preparedStatements: boolean;
}

export interface SmsConfig {
  /** Undefined: messages only go to the outbox viewer and the log. */
  gateway: ConfiguredGateway | undefined;
  /** Where messages may be sent. Empty: everywhere. */
  countries: readonly Country[];
  /** Messages to one range of numbers. */
  rangeLimit: RateLimit;
  /** Messages per day, to all numbers together. */
  dailyCap: number;
  /** Whether notices go by text message where there is no address. */
  notices: boolean;
  /** The host that codes are bound to. Undefined: texts have no such line. */
  codeDomain: string | undefined;
  /** Whether Russian texts are written in Latin letters. */
  transliterate: boolean;
}

export interface SocialConfig {
  /** Compared exactly. */
  redirectUris: readonly string[];
  /** In the order in which users see them. */
  providers: readonly ConfiguredProvider[];
}

export interface WebhookConfig {
  endpoints: readonly WebhookEndpoint[];
  /** Keys that sign, as whsec_…. Two while they are being rotated. */
  secrets: readonly string[];
  types: ReadonlySet<WebhookType>;
  /** Host names and networks (CIDR) with private addresses that webhooks may go to. */
  privateHosts: readonly string[];
}

export interface WebhookEndpoint {
  /** The URL without credentials and query: what administrators see. Unique. */
  name: string;
  url: string;
}
