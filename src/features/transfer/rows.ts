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
  'permissions',
  'publicMetadata',
  'privateMetadata',
  'isActive',
  'createdAt',
  'lastLoginAt',
] as const;
export type AccountField = (typeof ACCOUNT_FIELDS)[number];

/** Fields of which another system's columns of the same name may mean something else. They are taken only if they are mapped. */
export const MAPPED_ONLY: ReadonlySet<string> = new Set<AccountField>([
  'roles',
  'permissions',
  'publicMetadata',
  'privateMetadata',
]);

/**
 * The column of each field, or its path, such as `user_metadata.first_name`; an empty name ignores a column that would be used
 * by default.
 */
export type ColumnMap = Partial<Record<AccountField | 'identities' | 'secondFactors', string>>;

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
  /** A list, as we or another system exports it. */
  identities?: unknown;
  /** In the form that `users export` writes. */
  secondFactors?: unknown;
  /** Its columns, if other rows of the file can refer to it by one of them (Django's natural keys). */
  fields?: Record<string, unknown>;
}

/** An address of an account (django-allauth's EmailAddress). */
export interface AddressRow extends RowPosition {
  kind: 'address';
  /** The key of its account. */
  owner: string;
  email: string;
  isVerified: boolean;
}

/** An identity at a provider (django-allauth's SocialAccount). */
export interface IdentityRow extends RowPosition {
  kind: 'identity';
  owner: string;
  provider: unknown;
  subject: unknown;
}

/** A second factor of an account (django-otp, django-allauth). */
export interface FactorRow extends RowPosition {
  kind: 'factor';
  /** The key of its account. Undefined for a code, which belongs to a device. */
  owner?: string | undefined;
  /** The key of a list of codes, or of the list that the code belongs to. */
  device?: string | undefined;
  /** A part of the user's factors, in the form that `users export` writes; a RowProblem: it cannot be imported. */
  value: unknown;
}

/** A row that cannot be imported, and why. The reason is for the operator and does not quote the row. */
export interface RefusedRow extends RowPosition {
  kind: 'refused';
  field?: AccountField | 'identities' | 'secondFactors' | undefined;
  reason: string;
}

/** What was not taken from the file as a whole, such as a column. */
export interface NoteRow {
  kind: 'note';
  number: 0;
  /** The column or the kind of row; empty for the whole file. */
  name: string;
  reason: string;
}

export type Row = AccountRow | AddressRow | IdentityRow | FactorRow | RefusedRow | NoteRow;

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
