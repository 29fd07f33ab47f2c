import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { isId } from '../../core/ids.ts';
import { parsePhone } from '../../core/phones.ts';
import { isProblem } from '../../core/problems.ts';
import { ROLES, type Role } from '../../infra/db/tables.ts';
import { mapProfile, parseProfileField } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import { isUnusablePassword, readForeignHash } from '../credentials/foreign/foreign-hash.ts';
import { parseBoolean, parseText, parseTime, parseWords } from './cell-values.ts';
import { type ExternalIdentity, readIdentities } from './external-identity.ts';
import type { AccountField, AccountRow } from './rows.ts';

/** A valid account. Without an email address or a verified number, it has an id and an identity. */
export interface AccountDraft extends Profile {
  /** From the file; otherwise a new id is created. */
  id: string | undefined;
  email: Email | null;
  emailVerified: boolean;
  phone: Phone | null;
  phoneVerified: boolean;
  passwordHash: string | null;
  roles: Role[];
  isActive: boolean;
  createdAt: Date | null;
  lastLoginAt: Date | null;
  identities: ExternalIdentity[];
}

export interface Trouble {
  field: AccountField | 'identities' | undefined;
  reason: string;
}

export interface ImportRules {
  /** Whether all addresses in the file are verified. */
  emailVerified: boolean;
  phoneVerified: boolean;
  /** Prefix for numbers that do not begin with a plus. */
  phonePrefix: string;
  /** Leaves out invalid fields if the user can still be reached. */
  lenient: boolean;
}

/** Only ASCII, because normalising a look-alike character could give a different mailbox. */
const ASCII = /^[\x20-\x7e]*$/;

/** The canonical address; null if there is none, undefined if it is not valid. */
export function readEmail({ values }: AccountRow): Email | null | undefined {
  const text = parseText(values.email);
  if (text === null || text === undefined) return text;
  return ASCII.test(text) ? parseEmail(text) : undefined;
}

export function readPhone({ values }: AccountRow, { phonePrefix }: ImportRules): Phone | null | undefined {
  const text = parseText(values.phone);
  if (text === null || text === undefined) return text;
  return parsePhone(text.startsWith('+') ? text : phonePrefix + text);
}

/** In lower case, not validated; undefined if there is none. */
export const readId = ({ values }: AccountRow): string | undefined => parseText(values.id)?.toLowerCase();

/** Undefined if the value is neither true nor false. */
export function isPhoneVerified({ values }: AccountRow, rules: ImportRules): boolean | undefined {
  const flag = rules.phoneVerified || parseBoolean(values.phoneVerified);
  return flag === null ? false : flag;
}

/**
 * The account of a row, or all its problems.
 * @param isVerified whether another row of the file verifies the address
 */
export function draftAccount(
  row: AccountRow,
  rules: ImportRules,
  isVerified: (email: Email) => boolean,
  now: Date,
): { draft: AccountDraft; leftOut: Trouble[] } | { troubles: Trouble[] } {
  const { values } = row;
  const troubles: Trouble[] = [];
  const leftOut: Trouble[] = [];
  const required = <T>(field: AccountField, value: T | undefined, reason: string): T | undefined => {
    if (value === undefined) troubles.push({ field, reason });
    return value;
  };
  /** For optional fields. */
  const optional = <T>(field: AccountField, value: T | undefined, fallback: T, reason: string): T => {
    if (value === undefined) (rules.lenient ? leftOut : troubles).push({ field, reason });
    return value ?? fallback;
  };

  const email = required('email', readEmail(row), 'not a valid email address in ASCII');
  const phone = optional('phone', readPhone(row, rules), null, 'not a valid phone number');
  const emailFlag = required('emailVerified', parseBoolean(values.emailVerified), NOT_BOOLEAN);
  const phoneVerified = required('phoneVerified', isPhoneVerified(row, rules), NOT_BOOLEAN) ?? false;
  const id = readId(row);
  if (id !== undefined && !isId(id)) troubles.push({ field: 'id', reason: 'not a UUID' });
  const identities = readIdentities(row.identities);
  if (!identities) troubles.push({ field: 'identities', reason: 'not a list of provider, issuer and subject' });
  // Its owner signs in with a provider, and a later import finds it by its id.
  const hasIdentity = id !== undefined && identities !== undefined && identities.length > 0;
  if (email === null && phone === null && !hasIdentity)
    troubles.push({ field: undefined, reason: 'neither an email address nor a phone number' });
  if (email === null && phone !== null && !phoneVerified && !hasIdentity)
    troubles.push({
      field: 'phone',
      reason: 'without an email address, the number must be verified (--phone-verified)',
    });

  const { hash, trouble } = readHash(values.passwordHash);
  if (trouble) (rules.lenient ? leftOut : troubles).push({ field: 'passwordHash', reason: trouble });
  const roles = required('roles', readRoles(values.roles), `the only roles are ${ROLES.join(' and ')}`);
  const isActive = required('isActive', parseBoolean(values.isActive), NOT_BOOLEAN);
  const createdAt = optional('createdAt', parseTime(values.createdAt, now), null, NOT_TIME);
  const lastLoginAt = optional('lastLoginAt', parseTime(values.lastLoginAt, now), null, NOT_TIME);
  const profile = readProfile(row);
  for (const problem of profile.troubles) (rules.lenient ? leftOut : troubles).push(problem);
  if (troubles.length > 0) return { troubles };

  const draft = {
    ...profile.profile,
    id,
    email: email ?? null,
    emailVerified: email != null && (rules.emailVerified || emailFlag === true || isVerified(email)),
    phone,
    phoneVerified: phone !== null && phoneVerified,
    passwordHash: hash,
    roles: roles ?? [],
    isActive: isActive ?? true,
    createdAt,
    lastLoginAt,
    identities: identities ?? [],
  };
  return { draft, leftOut };
}

const NOT_BOOLEAN = 'neither true nor false';
const NOT_TIME = 'not a time between 1970 and now, such as 2024-05-31T09:00:00Z';

const HASH_TROUBLES = {
  'unknown-scheme': 'unknown kind of hash',
  malformed: 'malformed hash',
  'too-costly': 'this hash takes too much time or memory to verify',
} as const;

function readHash(cell: unknown): { hash: string | null; trouble?: string } {
  const text = parseText(cell);
  if (text === undefined) return { hash: null, trouble: HASH_TROUBLES.malformed };
  if (text === null || isUnusablePassword(text)) return { hash: null };
  const read = readForeignHash(text);
  return isProblem(read) ? { hash: null, trouble: HASH_TROUBLES[read.reason] } : { hash: text };
}

function readRoles(cell: unknown): Role[] | undefined {
  const words = parseWords(cell)?.map((word) => word.toUpperCase());
  const roles = ROLES.filter((role) => words?.includes(role));
  return words?.every((word) => roles.some((role) => role === word)) ? roles : undefined;
}

const PROFILE_TROUBLES: Record<string, string> = {
  'text-too-long': 'too long',
  'text-control-characters': 'contains characters that cannot be displayed',
  'locale-format': 'not a language tag',
};

/** The profile, with null for invalid fields. */
function readProfile({ values }: AccountRow): { profile: Profile; troubles: Trouble[] } {
  const troubles: Trouble[] = [];
  const profile = mapProfile((field) => {
    const text = parseText(values[field]);
    if (text === undefined) troubles.push({ field, reason: 'not text' });
    // Django and POSIX use uz_UZ.
    const value = parseProfileField(field, field === 'locale' ? text?.replaceAll('_', '-') : text);
    if (!isProblem(value)) return value;
    troubles.push({ field, reason: PROFILE_TROUBLES[value.reason] ?? 'not valid' });
    return null;
  });
  return { profile, troubles };
}
