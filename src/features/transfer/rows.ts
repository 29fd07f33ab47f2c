import { PROFILE_FIELD_NAMES } from '../accounts/profile-fields.ts';

/** What an account is moved with, in the words of our own files; a file of others is mapped to them. */
export const ACCOUNT_FIELDS = [
  'id',
  'email',
  'emailVerified',
  'phone',
  'phoneVerified',
  'passwordHash',
  ...PROFILE_FIELD_NAMES,
  'roles',
  'isActive',
  'createdAt',
  'lastLoginAt',
] as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[number];

/** Which column of a file holds a field; an empty name: none, although we might have guessed one. */
export type ColumnMap = Partial<Record<AccountField, string>>;

/** Where a row stands. */
export interface Place {
  /** From 1; a header does not count. */
  number: number;
  /** What the file itself calls the row, such as a primary key. */
  key?: string | undefined;
}

/** An account as the file has it; nothing is checked yet. */
export interface AccountRow extends Place {
  kind: 'account';
  values: Partial<Record<AccountField, unknown>>;
  /** At other providers; of our own files. */
  identities?: unknown;
}

/** Somebody has proved an address (django-allauth's EmailAddress). */
export interface ProofRow extends Place {
  kind: 'proof';
  /** Of the account. */
  owner: string;
  email: string;
}

/** Somebody signs in at a provider (django-allauth's SocialAccount). */
export interface IdentityRow extends Place {
  kind: 'identity';
  owner: string;
  provider: unknown;
  subject: unknown;
}

/** A row that cannot be taken over, and why: in words for whoever mends the file, without anything of its content. */
export interface RefusedRow extends Place {
  kind: 'refused';
  field?: AccountField | 'identities' | undefined;
  reason: string;
}

export type Row = AccountRow | ProofRow | IdentityRow | RefusedRow;

/** A file that can be read from its beginning more than once. */
export interface RowSource {
  read(): AsyncIterable<readonly Row[]>;
}

/** The file as a whole is not what it was said to be. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** The file as bytes, from its beginning. */
export type OpenFile = () => AsyncIterable<Buffer>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A property of its own, so that a column named constructor is only a column. */
export const own = (record: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;
