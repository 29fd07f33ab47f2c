import { type Email, type Phone, parseEmail } from '../../core/identifiers.ts';
import { newId } from '../../core/ids.ts';
import { acceptInput } from '../../core/input.ts';
import type { JsonObject } from '../../core/json.ts';
import type { PhoneReader } from '../../core/phone-reader.ts';
import { FieldProblem, InvalidInput, isProblem } from '../../core/problems.ts';
import { ROLES, type Role } from '../../infra/db/tables.ts';
import { NO_METADATA, parseMetadata, type UserMetadata } from '../accounts/metadata.ts';
import { parsePermissions, toScope } from '../accounts/permissions.ts';
import { BLANK_PROFILE, type Maybe, mapProfile, type ProfileInput, parseProfileChanges } from '../accounts/profile.ts';
import type { Profile, User } from '../accounts/user.ts';

export interface NewUserInput extends ProfileInput {
  email?: Maybe<string>;
  phone?: Maybe<string>;
  password?: Maybe<string>;
  roles: readonly Role[];
  permissions?: Maybe<readonly string[]>;
  publicMetadata?: Maybe<object>;
  privateMetadata?: Maybe<object>;
  emailVerified: boolean;
  phoneVerified: boolean;
}

/** Undefined keeps a value; null clears one that may be missing. */
export interface ChangesInput extends ProfileInput {
  email?: Maybe<string>;
  phone?: Maybe<string>;
  isActive?: Maybe<boolean>;
  roles?: Maybe<readonly Role[]>;
  permissions?: Maybe<readonly string[]>;
  publicMetadata?: Maybe<object>;
  privateMetadata?: Maybe<object>;
  emailVerified?: Maybe<boolean>;
  phoneVerified?: Maybe<boolean>;
}

/** Valid fields of an account, as requested by an administrator. */
export interface Wanted {
  email: Email | null | undefined;
  phone: Phone | null | undefined;
  profile: Partial<Profile>;
  roles: Role[] | undefined;
  permissions: string[] | undefined;
  publicMetadata: JsonObject | undefined;
  privateMetadata: JsonObject | undefined;
  isActive: boolean | undefined;
  emailVerified: boolean | undefined;
  phoneVerified: boolean | undefined;
}

/** Checks every field before it returns. */
export function parseWanted(input: ChangesInput, phones: PhoneReader): Wanted | InvalidInput {
  const accepted = acceptInput({
    email: unlessBlank(input.email, (text) => parseEmail(text) ?? MALFORMED_EMAIL),
    phone: unlessBlank(input.phone, (text) => phones.read('phone', text)),
    profile: parseProfileChanges(input),
    permissions: input.permissions ? parsePermissions(input.permissions) : undefined,
    publicMetadata: input.publicMetadata ? parseMetadata('publicMetadata', input.publicMetadata) : undefined,
    privateMetadata: input.privateMetadata ? parseMetadata('privateMetadata', input.privateMetadata) : undefined,
  });
  if (isProblem(accepted)) return accepted;
  return {
    ...accepted,
    roles: input.roles ? ROLES.filter((role) => input.roles?.includes(role)) : undefined,
    isActive: input.isActive ?? undefined,
    emailVerified: input.emailVerified ?? undefined,
    phoneVerified: input.phoneVerified ?? undefined,
  };
}

/** The row of a new account. Its owner must be reachable. */
export function parseNewAccount(
  input: NewUserInput,
  phones: PhoneReader,
  now: Date,
): { user: User; email: Email | null; metadata: UserMetadata; wanted: Wanted } | InvalidInput {
  const wanted = parseWanted(input, phones);
  if (isProblem(wanted)) return wanted;
  const user = applied(blankUser(now), wanted, now);
  if (!canBeReached(user)) return new InvalidInput([new FieldProblem('email', 'REQUIRED', 'email-required')]);
  return { user, email: wanted.email ?? null, metadata: appliedMetadata(NO_METADATA, wanted), wanted };
}

const blankUser = (now: Date): User => ({
  ...BLANK_PROFILE,
  id: newId(now),
  email: null,
  emailVerifiedAt: null,
  phone: null,
  phoneVerifiedAt: null,
  roles: [],
  permissions: [],
  isActive: true,
  secondFactorRequired: false,
  lastLoginAt: null,
  createdAt: now,
  updatedAt: now,
});

const MALFORMED_EMAIL = new FieldProblem('email', 'INVALID_FORMAT', 'email-format');

/** Null clears the value, and so does a blank text. */
function unlessBlank<T>(text: Maybe<string>, parse: (text: string) => T): T | null | undefined {
  if (text === undefined) return undefined;
  return text === null || text.trim() === '' ? null : parse(text);
}

/**
 * The account after the change. A new address or number is unverified unless the administrator confirms it; an
 * unchanged one keeps the time of its verification.
 */
export function applied(before: User, wanted: Wanted, now: Date): User {
  const email = wanted.email === undefined ? before.email : wanted.email;
  const phone = wanted.phone === undefined ? before.phone : wanted.phone;
  const verifiedAt = (stamp: Date | null, isSame: boolean, isVerified: boolean | undefined) =>
    (isVerified ?? (isSame && stamp !== null)) ? ((isSame ? stamp : null) ?? now) : null;
  return {
    ...before,
    ...wanted.profile,
    email,
    emailVerifiedAt:
      email === null ? null : verifiedAt(before.emailVerifiedAt, email === before.email, wanted.emailVerified),
    phone,
    phoneVerifiedAt:
      phone === null ? null : verifiedAt(before.phoneVerifiedAt, phone === before.phone, wanted.phoneVerified),
    roles: wanted.roles ?? before.roles,
    permissions: wanted.permissions ?? before.permissions,
    isActive: wanted.isActive ?? before.isActive,
  };
}

/** The data after the change. */
export const appliedMetadata = (before: UserMetadata, wanted: Wanted): UserMetadata => ({
  publicMetadata: wanted.publicMetadata ?? before.publicMetadata,
  privateMetadata: wanted.privateMetadata ?? before.privateMetadata,
});

/** Why the change is refused if the claims of the user's tokens would be too large. Undefined if it is not about them. */
export function explainLargeClaims(wanted: Wanted, limit: number): InvalidInput | undefined {
  const path = (['publicMetadata', 'permissions'] as const).find((field) => wanted[field] !== undefined);
  return path && new InvalidInput([new FieldProblem(path, 'TOO_LONG', 'claims-too-long', limit)]);
}

/** What an administrator may change, under the names of the input. */
const CHANGEABLE = {
  email: ({ email }: User) => email,
  emailVerified: ({ emailVerifiedAt }: User) => emailVerifiedAt !== null,
  phone: ({ phone }: User) => phone,
  phoneVerified: ({ phoneVerifiedAt }: User) => phoneVerifiedAt !== null,
  ...mapProfile((name) => (user: User) => user[name]),
  roles: ({ roles }: User) => [...roles].sort().join(),
  permissions: ({ permissions }: User) => toScope(permissions),
  isActive: ({ isActive }: User) => isActive,
};
export type Change = keyof typeof CHANGEABLE;

/** The names of changed fields. */
export const changesBetween = (before: User, after: User): Change[] =>
  Object.entries(CHANGEABLE).flatMap(([name, of]) => (of(before) === of(after) ? [] : [name as Change])); // Its keys.

/** The ways to sign in to the account. */
const WAYS_IN: readonly Change[] = ['email', 'emailVerified', 'phone', 'phoneVerified'];
export const touchesWaysIn = (changes: readonly Change[]): boolean => changes.some((name) => WAYS_IN.includes(name));

/** By email, or by text message to a verified number. */
export const canBeReached = ({ email, phone, phoneVerifiedAt }: Pick<User, 'email' | 'phone' | 'phoneVerifiedAt'>) =>
  email !== null || (phone !== null && phoneVerifiedAt !== null);
