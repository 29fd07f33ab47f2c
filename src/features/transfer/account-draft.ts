import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { isId } from '../../core/ids.ts';
import { parsePhone } from '../../core/phones.ts';
import { isProblem } from '../../core/problems.ts';
import { ROLES, type Role } from '../../infra/db/tables.ts';
import { mapProfile, parseProfileField } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import { isUnusablePassword, readForeignHash } from '../credentials/foreign/foreign-hash.ts';
import { flagIn, momentIn, textIn, wordsIn } from './cell-values.ts';
import { type ExternalIdentity, readIdentities } from './external-identity.ts';
import type { AccountField, AccountRow } from './rows.ts';

/** An account that may be written as it is. Without an address and a proved number it has an id and an identity. */
export interface AccountDraft extends Profile {
  /** As the file has it; a new one otherwise. */
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

export interface ReadingRules {
  /** Whether every address of the file counts as proved. */
  emailVerified: boolean;
  phoneVerified: boolean;
  /** Put before numbers that do not begin with a plus. */
  phonePrefix: string;
  /** Whether an account comes without what is wrong with it, as long as its owner can still be reached. */
  lenient: boolean;
}

/** In a file nobody corrects a look-alike: what is not written in ASCII was another mailbox. */
const ASCII = /^[\x20-\x7e]*$/;

/** The address in canonical form, null for none, undefined for one that we do not accept. */
export function emailOf({ values }: AccountRow): Email | null | undefined {
  const text = textIn(values.email);
  if (text === null || text === undefined) return text;
  return ASCII.test(text) ? parseEmail(text) : undefined;
}

export function phoneOf({ values }: AccountRow, { phonePrefix }: ReadingRules): Phone | null | undefined {
  const text = textIn(values.phone);
  if (text === null || text === undefined) return text;
  return parsePhone(text.startsWith('+') ? text : phonePrefix + text);
}

/** In lower case, whatever it is; undefined for none. */
export const idOf = ({ values }: AccountRow): string | undefined => textIn(values.id)?.toLowerCase();

/** Undefined where the file says something that is neither yes nor no. */
export function isPhoneVerified({ values }: AccountRow, rules: ReadingRules): boolean | undefined {
  const flag = rules.phoneVerified || flagIn(values.phoneVerified);
  return flag === null ? false : flag;
}

/**
 * What an account row says, or everything that is wrong with it.
 * @param isVerified whether the file says so of the address in another place
 */
export function draftAccount(
  row: AccountRow,
  rules: ReadingRules,
  isVerified: (email: Email) => boolean,
  now: Date,
): { draft: AccountDraft; leftOut: Trouble[] } | { troubles: Trouble[] } {
  const { values } = row;
  const troubles: Trouble[] = [];
  const leftOut: Trouble[] = [];
  const need = <T>(field: AccountField, value: T | undefined, reason: string): T | undefined => {
    if (value === undefined) troubles.push({ field, reason });
    return value;
  };
  /** For what an account can be without. */
  const want = <T>(field: AccountField, value: T | undefined, otherwise: T, reason: string): T => {
    if (value === undefined) (rules.lenient ? leftOut : troubles).push({ field, reason });
    return value ?? otherwise;
  };

  const email = need('email', emailOf(row), 'it is not an address in ASCII that we accept');
  const phone = want('phone', phoneOf(row, rules), null, 'it is not a number that a message is sent to');
  const emailFlag = need('emailVerified', flagIn(values.emailVerified), NEITHER);
  const phoneVerified = need('phoneVerified', isPhoneVerified(row, rules), NEITHER) ?? false;
  const id = idOf(row);
  if (id !== undefined && !isId(id)) troubles.push({ field: 'id', reason: 'it is not a UUID' });
  const identities = readIdentities(row.identities);
  if (!identities)
    troubles.push({ field: 'identities', reason: 'they are not a list of provider, issuer and subject' });
  // Another site lets its owner in, and the id finds it again.
  const isElsewhere = id !== undefined && identities !== undefined && identities.length > 0;
  if (email === null && phone === null && !isElsewhere)
    troubles.push({ field: undefined, reason: 'it has neither an address nor a number' });
  if (email === null && phone !== null && !phoneVerified && !isElsewhere)
    troubles.push({ field: 'phone', reason: 'without an address the number must be proved (--phone-verified)' });

  const { hash, trouble } = hashOf(values.passwordHash);
  if (trouble) (rules.lenient ? leftOut : troubles).push({ field: 'passwordHash', reason: trouble });
  const roles = need('roles', rolesIn(values.roles), `only ${ROLES.join(' and ')} are roles`);
  const isActive = need('isActive', flagIn(values.isActive), NEITHER);
  const createdAt = want('createdAt', momentIn(values.createdAt, now), null, NO_MOMENT);
  const lastLoginAt = want('lastLoginAt', momentIn(values.lastLoginAt, now), null, NO_MOMENT);
  const profile = profileOf(row);
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

const NEITHER = 'it is neither true nor false';
const NO_MOMENT = 'it is not a moment between 1970 and now, such as 2024-05-31T09:00:00Z';

const HASH_TROUBLES = {
  'unknown-scheme': 'we do not know this kind of hash',
  malformed: 'the hash is not written as its kind is',
  'too-costly': 'the hash takes more time or memory than a sign-in may',
} as const;

function hashOf(cell: unknown): { hash: string | null; trouble?: string } {
  const text = textIn(cell);
  if (text === undefined) return { hash: null, trouble: HASH_TROUBLES.malformed };
  if (text === null || isUnusablePassword(text)) return { hash: null };
  const read = readForeignHash(text);
  return isProblem(read) ? { hash: null, trouble: HASH_TROUBLES[read.reason] } : { hash: text };
}

function rolesIn(cell: unknown): Role[] | undefined {
  const words = wordsIn(cell)?.map((word) => word.toUpperCase());
  const roles = ROLES.filter((role) => words?.includes(role));
  return words?.every((word) => roles.some((role) => role === word)) ? roles : undefined;
}

const PROFILE_TROUBLES: Record<string, string> = {
  'text-too-long': 'it is too long',
  'text-control-characters': 'it has characters that cannot be shown',
  'locale-format': 'it is not a language tag',
};

/** The profile, null where a field is wrong. */
function profileOf({ values }: AccountRow): { profile: Profile; troubles: Trouble[] } {
  const troubles: Trouble[] = [];
  const profile = mapProfile((field) => {
    const text = textIn(values[field]);
    if (text === undefined) troubles.push({ field, reason: 'it is not a text' });
    // Django and POSIX write uz_UZ.
    const value = parseProfileField(field, field === 'locale' ? text?.replaceAll('_', '-') : text);
    if (!isProblem(value)) return value;
    troubles.push({ field, reason: PROFILE_TROUBLES[value.reason] ?? 'it breaks a rule' });
    return null;
  });
  return { profile, troubles };
}
