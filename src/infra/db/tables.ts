import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { JWK } from 'jose';
import type { JsonObject } from '../../core/json.ts';
import { currentNumber } from '../../core/renumberings.ts';

export type { JsonObject, JsonValue } from '../../core/json.ts';

// The whole data model. IDs are UUIDv7. Timestamps have milliseconds, like JavaScript dates, so that values read are equal
// to those written. No secret is stored in plain text: passwords and codes are hashed, keys and messages are encrypted, and
// tokens are not stored.

/** timestamptz in milliseconds. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** A closed set of words: text with a check, because PostgreSQL cannot remove a value from an enum. */
const oneOf = (column: string, words: readonly string[]) =>
  sql.raw(`${column} in (${words.map((word) => `'${word}'`).join(', ')})`);

/** In E.164. Rows may have an older number of the line; all code sees the current one, and conditions need both. */
const e164 = customType<{ data: string }>({
  dataType: () => 'text',
  fromDriver: (value) => currentNumber(String(value)),
});

const inet = customType<{ data: string }>({ dataType: () => 'inet' });

export const ROLES = ['STAFF', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** The profile. src/features/accounts/profile-fields.ts describes each field. */
const profileColumns = {
  firstName: text('first_name'),
  lastName: text('last_name'),
  companyName: text('company_name'),
  locale: text('locale'),
};
export type ProfileColumn = keyof typeof profileColumns;

export const users = pgTable(
  'users',
  {
    id: uuid('id').primaryKey(),
    email: text('email'),
    emailVerifiedAt: moment('email_verified_at'),
    phone: e164('phone'),
    phoneVerifiedAt: moment('phone_verified_at'),
    ...profileColumns,
    roles: text('roles').array().$type<Role[]>().notNull().default(sql`'{}'`),
    /** Defined by the app: the `scope` of access tokens. Sorted, without duplicates. */
    permissions: text('permissions').array().notNull().default(sql`'{}'`),
    isActive: boolean('is_active').notNull().default(true),
    /** Whether a sign-in needs a second factor. True only if the user has an authenticator app or a passkey. */
    secondFactorRequired: boolean('second_factor_required').notNull().default(false),
    lastLoginAt: moment('last_login_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('users_email_key').on(t.email),
    // Only verified numbers are unique: an unverified one does not block its owner.
    uniqueIndex('users_proved_phone_key').on(t.phone).where(sql`phone_verified_at is not null`),
    // For the lists and searches of administrators. Collation "C" sorts by bytes, independent of the database's locale.
    index('users_by_creation').on(t.createdAt, t.id),
    index('users_by_address').on(sql`coalesce(${t.email}, '') collate "C"`, t.id),
    index('users_by_phone').on(sql`${t.phone} collate "C"`),
    index('users_by_first_name').on(sql`lower(${t.firstName}) collate "C"`),
    index('users_by_last_name').on(sql`lower(${t.lastName}) collate "C"`),
    index('users_by_company').on(sql`lower(${t.companyName}) collate "C"`),
    index('users_deactivated').on(t.createdAt, t.id).where(sql`not is_active`),
    index('users_proved').on(t.createdAt, t.id).where(sql`email_verified_at is not null`),
    index('users_unproved').on(t.createdAt, t.id).where(sql`email_verified_at is null`),
    index('users_with_second_factor').on(t.createdAt, t.id).where(sql`second_factor_required`),
    index('users_without_second_factor').on(t.createdAt, t.id).where(sql`not second_factor_required`),
    index('users_with_roles').on(t.createdAt, t.id).where(sql`roles <> '{}'`),
    index('users_by_permission').using('gin', t.permissions),
    index('users_by_email_domain').on(sql`split_part(${t.email}, '@', 2) collate "C"`, t.createdAt, t.id),
    check('users_email_canonical', sql`email = lower(email) and email like '%_@_%'`),
    check('users_email_verified', sql`email_verified_at is null or email is not null`),
    check('users_phone_e164', sql`phone ~ '^[+][1-9][0-9]{5,14}$'`),
    check('users_phone_verified', sql`phone_verified_at is null or phone is not null`),
    check('users_roles', sql`roles <@ array['STAFF', 'ADMIN']`),
  ],
);

/**
 * The last sign-in of each user, for lists in its order. An index of users would make each sign-in write to all their indexes. A
 * trigger on users writes it (drizzle/*_last_logins.sql), also for an older release that runs during an update.
 */
export const lastLogins = pgTable(
  'last_logins',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** -infinity: never. */
    at: moment('at').notNull(),
  },
  (t) => [index('last_logins_by_time').on(t.at, t.userId)],
);

/** Data that the surrounding app keeps on a user. Without a row, both are empty. */
export const userMetadata = pgTable(
  'user_metadata',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The user may read it, and claims of access tokens may be taken from it. */
    public: jsonb('public').$type<JsonObject>().notNull().default({}),
    /** For administrators only. */
    private: jsonb('private').$type<JsonObject>().notNull().default({}),
    updatedAt: moment('updated_at').notNull(),
  },
  () => [check('user_metadata_objects', sql`jsonb_typeof(public) = 'object' and jsonb_typeof(private) = 'object'`)],
);

export const passwords = pgTable('passwords', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** A PHC string (argon2id). After an import, the other system's hash until the next sign-in. */
  hash: text('hash').notNull(),
  updatedAt: moment('updated_at').notNull(),
});

export const SESSION_ENDS = [
  'logout',
  'logout-all',
  'revoked',
  'reused',
  'password-changed',
  'email-changed',
  'not-me',
  'session-limit',
  'impersonator-lost-role',
  'deactivated',
  'deleted',
] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

/**
 * What the account knows from a session. full: its network and its device. network: its network, because the owner acted
 * there later; another person may have used the device. none: an attacker may have used it.
 */
export const SESSION_TRUSTS = ['full', 'network', 'none'] as const;
export type SessionTrust = (typeof SESSION_TRUSTS)[number];

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Only the refresh token of this generation is valid. */
    generation: integer('generation').notNull().default(0),
    /** When this generation began. */
    rotatedAt: moment('rotated_at').notNull(),
    /** When a token of this generation was first presented: the client has received it. Null or before rotatedAt: not yet. */
    seenAt: moment('seen_at'),
    /** The last generation whose tokens were repeated after REFRESH_GRACE, because none of them had been presented. */
    repeatedGeneration: integer('repeated_generation'),
    /** How many generations in a row, up to that one, were repeated like this. */
    repeatsInARow: integer('repeats_in_a_row').notNull().default(0),
    /** When the user last signed in or reauthenticated. Null in rows older than the column: at createdAt. */
    authenticatedAt: moment('authenticated_at'),
    /** How the user signed in (RFC 8176). Empty in rows older than the column. */
    authenticationMethods: text('authentication_methods').array().notNull().default(sql`'{}'`),
    /** Expiry of the current refresh token: rotatedAt plus the idle lifetime, at most expiresAt. */
    idleExpiresAt: moment('idle_expires_at').notNull(),
    /** The absolute maximum. */
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
    endReason: text('end_reason').$type<SessionEnd>(),
    trust: text('trust').$type<SessionTrust>().notNull().default('full'),
    /** The administrator who acts as the user in this session. No foreign key: the session ends before the account goes. */
    impersonatorId: uuid('impersonator_id'),
    device: text('device').notNull(),
    ipAddress: inet('ip_address'),
    lastUsedAt: moment('last_used_at').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('sessions_live_by_user').on(t.userId, t.lastUsedAt).where(sql`ended_at is null`),
    // Finds out whether a device is new to the user.
    index('sessions_by_device').on(t.userId, t.device),
    index('sessions_by_expiry').on(t.idleExpiresAt),
    index('sessions_by_impersonator').on(t.impersonatorId).where(sql`impersonator_id is not null and ended_at is null`),
    check('sessions_generation', sql`generation >= 0`),
    check('sessions_lifetime', sql`idle_expires_at <= expires_at`),
    check('sessions_end', sql`(ended_at is null) = (end_reason is null)`),
    check('sessions_end_reason', oneOf('end_reason', SESSION_ENDS)),
    check('sessions_trust', oneOf('trust', SESSION_TRUSTS)),
  ],
);

/**
 * Ended sessions whose access tokens may not have expired. Written in the transaction that ends the session, kept until its
 * last token expires. No foreign key: a row outlives the session and the user.
 */
export const revocations = pgTable(
  'revocations',
  {
    sessionId: uuid('session_id').primaryKey(),
    revokedAt: moment('revoked_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('revocations_by_time').on(t.revokedAt), index('revocations_by_expiry').on(t.expiresAt)],
);

export const CHALLENGE_PURPOSES = [
  'SIGN_UP',
  'VERIFY_EMAIL',
  'LOGIN_EMAIL',
  'LOGIN_PHONE',
  'VERIFY_PHONE',
  'RESET_PASSWORD',
  'NOT_ME',
  'CHANGE_EMAIL',
  'UNDO_EMAIL_CHANGE',
  'SOCIAL_LOGIN',
  'SOCIAL_LINK',
  'SIGN_IN_EMAIL',
  'SECOND_FACTOR',
  'TOTP_ENROLLMENT',
  'PASSKEY_REGISTRATION',
  'PASSKEY_LOGIN',
] as const;
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number];

export const MESSAGE_CHANNELS = ['EMAIL', 'SMS'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/**
 * How a challenge reaches the user. BROWSER: a redirect to a social provider and back. CLIENT: the response to the client,
 * which an authenticator answers.
 */
export const CHALLENGE_CHANNELS = [...MESSAGE_CHANNELS, 'BROWSER', 'CLIENT'] as const;
export type ChallengeChannel = (typeof CHALLENGE_CHANNELS)[number];

export const challenges = pgTable(
  'challenges',
  {
    id: uuid('id').primaryKey(),
    purpose: text('purpose').$type<ChallengePurpose>().notNull(),
    /** The canonical address or number to verify. In the channel CLIENT: the user, or the RP ID if there is none yet. */
    subject: text('subject').notNull(),
    channel: text('channel').$type<ChallengeChannel>().notNull(),
    /** The account that it acts on. Null for a sign-up and a decoy. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** Keyed digests, bound to the row. Both null: a decoy, which no code or link can redeem. */
    codeDigest: text('code_digest'),
    tokenDigest: text('token_digest'),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull().default({}),
    attempts: integer('attempts').notNull().default(0),
    maxAttempts: integer('max_attempts').notNull(),
    codeExpiresAt: moment('code_expires_at').notNull(),
    /** Expiry of the link and of the row. */
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('challenges_by_subject').on(t.subject, t.purpose),
    // Decoys requested by an account: they concern other subjects, and are deleted with the account.
    index('challenges_by_asker').on(sql`(payload ->> 'askedBy')`).where(sql`payload ->> 'askedBy' is not null`),
    index('challenges_by_user').on(t.userId),
    index('challenges_by_expiry').on(t.expiresAt),
    uniqueIndex('challenges_token_key').on(t.tokenDigest),
    check('challenges_purpose', oneOf('purpose', CHALLENGE_PURPOSES)),
    check('challenges_channel', oneOf('channel', CHALLENGE_CHANNELS)),
    check('challenges_attempts', sql`attempts between 0 and max_attempts`),
  ],
);

export const identities = pgTable(
  'identities',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    provider: text('provider').notNull(),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    /** As the provider reported it. For display only, never compared. */
    email: text('email'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('identities_subject_key').on(t.issuer, t.subject), index('identities_by_user').on(t.userId)],
);

export const TOTP_ALGORITHMS = ['SHA1', 'SHA256', 'SHA512'] as const;
export type TotpAlgorithm = (typeof TOTP_ALGORITHMS)[number];

/** Removed factors and replaced recovery codes are kept for a few days, so that the owner can undo a removal by an attacker. */
const removedAt = () => moment('removed_at');

/** Authenticator apps (RFC 6238). A user has at most one that is not removed. */
export const totpFactors = pgTable(
  'totp_factors',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** A JWE of the secret in base32. */
    sealedSecret: text('sealed_secret').notNull(),
    algorithm: text('algorithm').$type<TotpAlgorithm>().notNull(),
    digits: integer('digits').notNull(),
    /** Seconds. */
    period: integer('period').notNull(),
    /** The time step of the last code that was accepted. This code and earlier ones are not accepted again. */
    lastStep: integer('last_step').notNull(),
    createdAt: moment('created_at').notNull(),
    removedAt: removedAt(),
  },
  (t) => [
    uniqueIndex('totp_factors_user_key').on(t.userId).where(sql`removed_at is null`),
    index('totp_factors_by_user').on(t.userId),
    index('totp_factors_by_removal').on(t.removedAt).where(sql`removed_at is not null`),
    check('totp_factors_algorithm', oneOf('algorithm', TOTP_ALGORITHMS)),
    check('totp_factors_digits', sql`digits between 6 and 8`),
    check('totp_factors_period', sql`period between 15 and 120`),
  ],
);

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Keyed, and bound to the user. */
    digest: text('digest').notNull(),
    createdAt: moment('created_at').notNull(),
    usedAt: moment('used_at'),
    removedAt: removedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.userId, t.digest] }),
    index('recovery_codes_by_removal').on(t.removedAt).where(sql`removed_at is not null`),
  ],
);

/** WebAuthn credentials (Web Authentication Level 3, section 4, "credential record"). */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Base64url, as are the other binary values. */
    credentialId: text('credential_id').notNull(),
    /** A COSE_Key. */
    publicKey: text('public_key').notNull(),
    /** Random, not the user's ID. The same for all passkeys of a user. */
    userHandle: text('user_handle').notNull(),
    signCount: bigint('sign_count', { mode: 'number' }).notNull(),
    transports: text('transports').array().notNull(),
    aaguid: text('aaguid').notNull(),
    isBackupEligible: boolean('is_backup_eligible').notNull(),
    isBackedUp: boolean('is_backed_up').notNull(),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull(),
    lastUsedAt: moment('last_used_at'),
    removedAt: removedAt(),
  },
  (t) => [
    // Also while removed: the authenticator still has it, and the removal can be undone.
    uniqueIndex('passkeys_credential_key').on(t.credentialId),
    index('passkeys_by_user').on(t.userId),
    index('passkeys_by_removal').on(t.removedAt).where(sql`removed_at is not null`),
    check('passkeys_sign_count', sql`sign_count >= 0`),
  ],
);

export const OUTBOX_STATES = ['pending', 'sent', 'dead', 'expired', 'discarded'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

/** What an SMS gateway reported about a message that it accepted, in the order in which one replaces another. */
export const DELIVERY_REPORTS = ['accepted', 'failed', 'delivered'] as const;
export type DeliveryReport = (typeof DELIVERY_REPORTS)[number];

export const outbox = pgTable(
  'outbox',
  {
    id: uuid('id').primaryKey(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    /** The template. */
    kind: text('kind').notNull(),
    locale: text('locale').notNull(),
    /** A JWE of the recipient and the template's values, such as codes and links. Null after sending. */
    sealed: text('sealed'),
    /** Masked, for administrators. Null in rows older than the column. */
    recipient: text('recipient'),
    state: text('state').$type<OutboxState>().notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** The earliest next attempt. While a worker is sending the message: the end of its lease. */
    nextAttemptAt: moment('next_attempt_at').notNull(),
    /** Not sent after this time, because its code or link has expired. */
    expiresAt: moment('expires_at').notNull(),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull(),
    finishedAt: moment('finished_at'),
    /** The gateway's identifier of the message. */
    gatewayId: text('gateway_id'),
    report: text('report').$type<DeliveryReport>(),
  },
  (t) => [
    index('outbox_due').on(t.nextAttemptAt).where(sql`state = 'pending'`),
    index('outbox_by_finish').on(t.finishedAt),
    check('outbox_state', oneOf('state', OUTBOX_STATES)),
    index('outbox_given_up').on(t.id).where(sql`state = 'dead'`),
    check('outbox_channel', oneOf('channel', MESSAGE_CHANNELS)),
    check('outbox_report', oneOf('report', DELIVERY_REPORTS)),
  ],
);

export const WEBHOOK_STATES = ['pending', 'sent', 'dead'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** Events on their way to other servers of the operator: one row for each event and endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: uuid('id').primaryKey(),
    /** The same for all endpoints and attempts. */
    eventId: uuid('event_id').notNull(),
    /** Such as user.created. */
    type: text('type').notNull(),
    /** The URL without its credentials and query. */
    endpoint: text('endpoint').notNull(),
    /** What happened to whom. The payload is composed from it and the user when it is sent. */
    event: jsonb('event').$type<JsonObject>().notNull(),
    state: text('state').$type<WebhookState>().notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** The earliest next attempt. While a worker is sending it: the end of its lease. */
    nextAttemptAt: moment('next_attempt_at').notNull(),
    /** When the last attempt is made. */
    giveUpAt: moment('give_up_at').notNull(),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull(),
    finishedAt: moment('finished_at'),
  },
  (t) => [
    index('webhook_deliveries_due').on(t.endpoint, t.nextAttemptAt).where(sql`state = 'pending'`),
    index('webhook_deliveries_given_up').on(t.id).where(sql`state = 'dead'`),
    index('webhook_deliveries_by_finish').on(t.finishedAt),
    check('webhook_deliveries_state', oneOf('state', WEBHOOK_STATES)),
  ],
);

/** Notices that a rate limit suppressed. The next notice of the kind says how many. */
export const suppressedNotices = pgTable(
  'suppressed_notices',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The template. */
    kind: text('kind').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.kind] })],
);

export const auditEvents = pgTable(
  'audit_events',
  {
    id: uuid('id').primaryKey(),
    at: moment('at').notNull(),
    type: text('type').notNull(),
    outcome: text('outcome').notNull(),
    /** No foreign key: events outlive the user. */
    userId: uuid('user_id'),
    sessionId: uuid('session_id'),
    method: text('method'),
    ipAddress: inet('ip_address'),
    requestId: text('request_id'),
    /** How often it happened: repeated refusals of one kind are one row. */
    count: integer('count').notNull().default(1),
    /** The last time, if it happened more than once. */
    lastAt: moment('last_at'),
    detail: jsonb('detail').$type<Record<string, string | number | boolean>>().notNull().default({}),
    /** Whether webhook deliveries are still to be written for it. */
    webhookPending: boolean('webhook_pending').notNull().default(false),
  },
  (t) => [
    index('audit_events_webhook_pending').on(t.id).where(sql`webhook_pending`),
    index('audit_events_by_user').on(t.userId, t.at),
    index('audit_events_by_time').on(t.at),
    index('audit_events_by_kind').on(t.type, t.outcome, t.at),
    // The administrator who acted, if it was not the user.
    index('audit_events_by_actor').on(sql`(detail ->> 'actorId')`, t.at).where(sql`detail ->> 'actorId' is not null`),
  ],
);

export const signingKeys = pgTable(
  'signing_keys',
  {
    /** 1, 2, 3 …: if several replicas rotate at once, only one can insert the next generation. */
    generation: integer('generation').primaryKey(),
    kid: text('kid').notNull(),
    alg: text('alg').notNull(),
    publicJwk: jsonb('public_jwk').$type<JWK>().notNull(),
    /** A JWE of the private JWK. */
    sealedPrivateJwk: text('sealed_private_jwk').notNull(),
    /** Published from createdAt, used for signing from this time. */
    signsFrom: moment('signs_from').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('signing_keys_kid_key').on(t.kid)],
);

export const rateLimits = pgTable(
  'budgets',
  {
    name: text('name').notNull(),
    /** A keyed digest of the identifier or address range. */
    key: text('key').notNull(),
    consumed: integer('points').notNull(),
    resetsAt: moment('resets_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.key] }), index('budgets_by_reset').on(t.resetsAt)],
);
