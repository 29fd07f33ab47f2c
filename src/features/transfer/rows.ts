import { PROFILE_FIELD_NAMES } from '../accounts/profile-fields.ts';

/** The fields of an exported account. Columns of other files are mapped to them. */
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

/** The column of each field; an empty name ignores a column that would be used by default. */
export type ColumnMap = Partial<Record<AccountField, string>>;

/** The position of a row in the file. */
export interface RowPosition {
  /** From 1, without the header. */
  number: number;
  /** The file's own id for the row, such as a primary key. */
  key?: string | undefined;
}

/** An account in the file, not yet validated. */
export interface AccountRow extends RowPosition {
  kind: 'account';
  values: Partial<Record<AccountField, unknown>>;
  /** In our own exports only. */
  identities?: unknown;
}

/** A verified address (django-allauth's EmailAddress). */
export interface VerificationRow extends RowPosition {
  kind: 'verification';
  /** The key of its account. */
  owner: string;
  email: string;
}

/** An identity at a provider (django-allauth's SocialAccount). */
export interface IdentityRow extends RowPosition {
  kind: 'identity';
  owner: string;
  provider: unknown;
  subject: unknown;
}

/** A row that cannot be imported, and why. The reason is for the operator and does not quote the row. */
export interface RefusedRow extends RowPosition {
  kind: 'refused';
  field?: AccountField | 'identities' | undefined;
  reason: string;
}

export type Row = AccountRow | VerificationRow | IdentityRow | RefusedRow;

/** A file that can be read more than once. */
export interface RowSource {
  read(): AsyncIterable<readonly Row[]>;
}

/** The file as a whole is not in the given format. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
}

/** Opens the file at its beginning. */
export type OpenFile = () => AsyncIterable<Buffer>;

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An own property, so that a column named `constructor` is only a column. */
export const own = (record: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(record, name) ? record[name] : undefined;
