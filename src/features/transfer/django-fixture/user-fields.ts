import { PROFILE_FIELD_NAMES } from '../../accounts/profile-fields.ts';
import type { ExportedAccount } from '../exported-accounts.ts';
import { acceptsColumn, DJANGO_COLUMNS } from '../formats/django-columns.ts';
import type { AccountField, ColumnMap } from '../rows.ts';

export type Fields = Record<string, unknown>;

export interface UserColumns {
  /** As in the import. */
  map: ColumnMap;
  /** The columns of the model; undefined: not known. */
  known: ReadonlySet<string> | undefined;
  /** Called with a field that has a value, but no column. */
  onMissing(field: AccountField): void;
}

/** The column of a field; undefined if the model has none. @param row tells which of several columns it has */
function findColumn(
  field: AccountField,
  { map, known }: Omit<UserColumns, 'onMissing'>,
  row: Fields,
): string | undefined {
  const mapped = map[field];
  if (mapped !== undefined) return mapped === '' || mapped === 'pk' || mapped.includes('.') ? undefined : mapped;
  const [first] = DJANGO_COLUMNS[field] ?? [];
  if (!known) return first;
  const candidates = (DJANGO_COLUMNS[field] ?? []).filter((column) => known.has(column));
  return candidates.find((column) => row[column] === undefined || acceptsColumn(field, column, row[column] ?? '', row));
}

/** Django's times have no zone with USE_TZ = False: then the dump has none either. */
const asIn = (example: unknown, time: string): string =>
  typeof example === 'string' && !/Z$|[+-]\d\d:?\d\d$/.test(example) ? time.replace(/Z$/, '') : time;

const later = (base: unknown, time: string | null): unknown =>
  typeof base === 'string' && (time === null || Date.parse(base) > Date.parse(time)) ? base : time && asIn(base, time);

/**
 * The fields of a user for a fixture: those of the dump with what has changed since. A field without a value is left out, so that
 * Django writes the column's default: NULL, or an empty text if the column is NOT NULL.
 * @param base of the dump; empty for a new user
 * @param password in Django's format
 */
export function userFields(account: ExportedAccount, base: Fields, columns: UserColumns, password: string): Fields {
  const fields: Fields = { ...base, password };
  const reportMissing = (field: AccountField, value: unknown) => {
    if (value !== null && value !== undefined && columns.map[field] !== '') columns.onMissing(field);
  };
  const set = (field: AccountField, value: unknown) => {
    const column = findColumn(field, columns, base);
    if (column === undefined) return reportMissing(field, value);
    if (value === null || value === undefined) delete fields[column];
    else fields[column] = value;
  };
  const flag = (field: 'emailVerified' | 'phoneVerified', since: unknown) => {
    const column = findColumn(field, columns, base);
    if (column === undefined || (!columns.known && columns.map[field] === undefined)) return;
    // The column may have the time of the verification.
    const isTime = /_at$/.test(column) || typeof base[column] === 'string';
    if (!isTime) fields[column] = account[field] === true;
    else if (account[field] === true) fields[column] = base[column] ?? since;
    else delete fields[column];
  };

  const email = findColumn('email', columns, base);
  const isSameEmail = email !== undefined && String(base[email] ?? '').toLowerCase() === account.email;
  if (!isSameEmail) set('email', account.email);
  // Without a dump, only the names that every user model of Django has.
  const isKnown = (field: AccountField) => columns.known !== undefined || columns.map[field] !== undefined;
  if (isKnown('phone')) set('phone', account.phone);
  else reportMissing('phone', account.phone);
  for (const field of PROFILE_FIELD_NAMES) {
    const column = findColumn(field, columns, base);
    if (!isKnown(field) && field !== 'firstName' && field !== 'lastName') reportMissing(field, account[field]);
    else if (column === undefined || typeof base[column] !== 'number') set(field, account[field]);
  }
  if (columns.map.roles === undefined) {
    const roles = Array.isArray(account.roles) ? account.roles : [];
    fields.is_superuser = roles.includes('ADMIN');
    fields.is_staff = roles.length > 0;
  }
  for (const field of ['permissions', 'publicMetadata', 'privateMetadata'] as const) set(field, account[field]);
  // Only a state that Django would lose is reported.
  if (findColumn('isActive', columns, base) !== undefined || account.isActive === false)
    set('isActive', account.isActive);
  const created = findColumn('createdAt', columns, base);
  if (created !== undefined && base[created] === undefined) set('createdAt', account.createdAt);
  if (findColumn('lastLoginAt', columns, base) !== undefined)
    set('lastLoginAt', later(base.last_login, account.lastLoginAt as string | null)); // An export has a time as text.
  flag('emailVerified', account.createdAt);
  flag('phoneVerified', account.createdAt);
  return fields;
}

const MAX_USERNAME = 150;

/** A user name for a new user of a model that has one. */
export const newUsername = ({ email, phone, id }: ExportedAccount): string =>
  String(email ?? phone ?? id).slice(0, MAX_USERNAME);
