import { sql } from 'drizzle-orm';
import {
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

// The whole data model on one page. Ids are UUIDv7. Moments are whole milliseconds, as JavaScript has them, so that
// what is written is what is read. No secret stands here in clear: passwords and codes are hashed, keys and messages
// are sealed, tokens are not stored at all.

/** timestamptz in milliseconds. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** A closed set of words as text with a check; a PostgreSQL enum cannot lose a member. */
const oneOf = (column: string, words: readonly string[]) =>
  sql.raw(`${column} in (${words.map((word) => `'${word}'`).join(', ')})`);

const inet = customType<{ data: string }>({ dataType: () => 'inet' });

export const ROLES = ['STAFF', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** What users fill in about themselves: src/features/accounts/profile-fields.ts describes each of them. */
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
    phone: text('phone'),
    phoneVerifiedAt: moment('phone_verified_at'),
    ...profileColumns,
    roles: text('roles').array().$type<Role[]>().notNull().default(sql`'{}'`),
    isActive: boolean('is_active').notNull().default(true),
    lastLoginAt: moment('last_login_at'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (t) => [
    uniqueIndex('users_email_key').on(t.email),
    // An unproved number blocks nobody; two accounts never share a proved one.
    uniqueIndex('users_proved_phone_key').on(t.phone).where(sql`phone_verified_at is not null`),
    // What administrators page through and search: by the bytes of a text (collate "C"), whatever the database's locale.
    index('users_by_creation').on(t.createdAt, t.id),
    index('users_by_address').on(sql`coalesce(${t.email}, '') collate "C"`, t.id),
    index('users_by_phone').on(sql`${t.phone} collate "C"`),
    index('users_by_first_name').on(sql`lower(${t.firstName}) collate "C"`),
    index('users_by_last_name').on(sql`lower(${t.lastName}) collate "C"`),
    index('users_by_company').on(sql`lower(${t.companyName}) collate "C"`),
    index('users_deactivated').on(t.createdAt, t.id).where(sql`not is_active`),
    index('users_proved').on(t.createdAt, t.id).where(sql`email_verified_at is not null`),
    index('users_unproved').on(t.createdAt, t.id).where(sql`email_verified_at is null`),
    index('users_with_roles').on(t.createdAt, t.id).where(sql`roles <> '{}'`),
    check('users_email_canonical', sql`email = lower(email) and email like '%_@_%'`),
    check('users_email_verified', sql`email_verified_at is null or email is not null`),
    check('users_phone_e164', sql`phone ~ '^[+][1-9][0-9]{5,14}$'`),
    check('users_phone_verified', sql`phone_verified_at is null or phone is not null`),
    check('users_roles', sql`roles <@ array['STAFF', 'ADMIN']`),
  ],
);

export const passwords = pgTable('passwords', {
  userId: uuid('user_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** PHC string, argon2id; of an account that was imported, until its next sign-in, what the other system stored. */
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
  'deactivated',
  'deleted',
] as const;
export type SessionEnd = (typeof SESSION_ENDS)[number];

export const sessions = pgTable(
  'sessions',
  {
    id: uuid('id').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** The one refresh token that is good carries this number. */
    generation: integer('generation').notNull().default(0),
    /** When the present generation began. */
    rotatedAt: moment('rotated_at').notNull(),
    /** The present refresh token's end: idle lifetime after rotatedAt, never later than expiresAt. */
    idleExpiresAt: moment('idle_expires_at').notNull(),
    /** Absolute. */
    expiresAt: moment('expires_at').notNull(),
    endedAt: moment('ended_at'),
    endReason: text('end_reason').$type<SessionEnd>(),
    device: text('device').notNull(),
    ipAddress: inet('ip_address'),
    lastUsedAt: moment('last_used_at').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('sessions_live_by_user').on(t.userId, t.lastUsedAt).where(sql`ended_at is null`),
    // Has this person signed in from such a device before?
    index('sessions_by_device').on(t.userId, t.device),
    index('sessions_by_expiry').on(t.idleExpiresAt),
    check('sessions_generation', sql`generation >= 0`),
    check('sessions_lifetime', sql`idle_expires_at <= expires_at`),
    check('sessions_end', sql`(ended_at is null) = (end_reason is null)`),
    check('sessions_end_reason', oneOf('end_reason', SESSION_ENDS)),
  ],
);

/**
 * Sessions that ended while access tokens of theirs may still be alive. Written in the transaction that ends them and
 * kept until the last such token has expired. No foreign key: it must outlive the session and the user.
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
] as const;
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number];

export const MESSAGE_CHANNELS = ['EMAIL', 'SMS'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** How a question travels to the person; BROWSER: by a redirect to another site and back. */
export const CHALLENGE_CHANNELS = [...MESSAGE_CHANNELS, 'BROWSER'] as const;
export type ChallengeChannel = (typeof CHALLENGE_CHANNELS)[number];

export const challenges = pgTable(
  'challenges',
  {
    id: uuid('id').primaryKey(),
    purpose: text('purpose').$type<ChallengePurpose>().notNull(),
    /** The canonical address or number that is to be proved. */
    subject: text('subject').notNull(),
    channel: text('channel').$type<ChallengeChannel>().notNull(),
    /** The account it acts on; null for a sign-up and for a decoy. */
    userId: uuid('user_id').references(() => users.id, { onDelete: 'cascade' }),
    /** Keyed digests, bound to the row. Both null: a decoy, which nothing answers. */
    codeDigest: text('code_digest'),
    tokenDigest: text('token_digest'),
    payload: jsonb('payload').$type<Record<string, unknown>>().notNull().default({}),
    attempts: integer('attempts').notNull().default(0),
    maxAttempts: integer('max_attempts').notNull(),
    codeExpiresAt: moment('code_expires_at').notNull(),
    /** Of the link, and of the row. */
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('challenges_by_subject').on(t.subject, t.purpose),
    // Decoys that an account got: they are about somebody else, and go with it.
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
    /** As the provider gave it; shown, never matched. */
    email: text('email'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('identities_subject_key').on(t.issuer, t.subject), index('identities_by_user').on(t.userId)],
);

export const OUTBOX_STATES = ['pending', 'sent', 'dead', 'expired', 'discarded'] as const;
export type OutboxState = (typeof OUTBOX_STATES)[number];

export const outbox = pgTable(
  'outbox',
  {
    id: uuid('id').primaryKey(),
    channel: text('channel').$type<MessageChannel>().notNull(),
    /** Which template. */
    kind: text('kind').notNull(),
    locale: text('locale').notNull(),
    /** JWE of the recipient and of what the template needs: it holds codes and links. Null once it was sent. */
    sealed: text('sealed'),
    state: text('state').$type<OutboxState>().notNull().default('pending'),
    attempts: integer('attempts').notNull().default(0),
    /** Not before this moment. While a worker sends it: until then it is the worker's (a lease). */
    nextAttemptAt: moment('next_attempt_at').notNull(),
    /** After it the message is worthless and not sent. */
    expiresAt: moment('expires_at').notNull(),
    lastError: text('last_error'),
    createdAt: moment('created_at').notNull(),
    finishedAt: moment('finished_at'),
  },
  (t) => [
    index('outbox_due').on(t.nextAttemptAt).where(sql`state = 'pending'`),
    index('outbox_by_finish').on(t.finishedAt),
    check('outbox_state', oneOf('state', OUTBOX_STATES)),
    check('outbox_channel', oneOf('channel', MESSAGE_CHANNELS)),
  ],
);

export const auditEvents = pgTable(
  'audit_events',
  {
    id: uuid('id').primaryKey(),
    at: moment('at').notNull(),
    type: text('type').notNull(),
    outcome: text('outcome').notNull(),
    /** No foreign keys: what happened stays true when the user is gone. */
    userId: uuid('user_id'),
    sessionId: uuid('session_id'),
    method: text('method'),
    ipAddress: inet('ip_address'),
    requestId: text('request_id'),
    detail: jsonb('detail').$type<Record<string, string | number | boolean>>().notNull().default({}),
  },
  (t) => [
    index('audit_events_by_user').on(t.userId, t.at),
    index('audit_events_by_time').on(t.at),
    index('audit_events_by_kind').on(t.type, t.outcome, t.at),
    // Who did it, where that is not the user whom it happened to.
    index('audit_events_by_actor').on(sql`(detail ->> 'actorId')`, t.at).where(sql`detail ->> 'actorId' is not null`),
  ],
);

export const signingKeys = pgTable(
  'signing_keys',
  {
    /** 1, 2, 3 …: of replicas that rotate at once, one inserts the next number. */
    generation: integer('generation').primaryKey(),
    kid: text('kid').notNull(),
    alg: text('alg').notNull(),
    publicJwk: jsonb('public_jwk').$type<JWK>().notNull(),
    /** JWE of the private JWK. */
    sealedPrivateJwk: text('sealed_private_jwk').notNull(),
    /** Published from createdAt, signs from here. */
    signsFrom: moment('signs_from').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('signing_keys_kid_key').on(t.kid)],
);

export const rateLimits = pgTable(
  'budgets',
  {
    name: text('name').notNull(),
    /** A keyed digest of the identifier, or an address range. */
    key: text('key').notNull(),
    consumed: integer('points').notNull(),
    resetsAt: moment('resets_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.name, t.key] }), index('budgets_by_reset').on(t.resetsAt)],
);
