import { type Email, type Phone, parseImportedEmail } from '../../core/identifiers.ts';
import { isJsonObject, type JsonObject } from '../../core/json.ts';
import { isInternational } from '../../core/phones.ts';
import { type FieldProblem, type FieldReason, isProblem } from '../../core/problems.ts';
import { ROLES, type Role } from '../../infra/db/tables.ts';
import { type MetadataField, parseMetadata } from '../accounts/metadata.ts';
import { parsePermissions } from '../accounts/permissions.ts';
import { mapProfile, parseProfileField } from '../accounts/profile.ts';
import type { Profile } from '../accounts/user.ts';
import { isUnusablePassword, readForeignHash } from '../credentials/foreign/foreign-hash.ts';
import { explainCell, parseText, parseVerification, parseWords, type Verification } from './cell-values.ts';
import type { FieldRules, ImportRules } from './import.ts';
import { RowProblem } from './row-problem.ts';
import type { AccountRow } from './rows.ts';
import { parseIfJson } from './text/paths.ts';
import { isEmpty } from './unused-columns.ts';

/** The canonical address; null if there is none, undefined if it is not valid. */
export function readEmail({ values }: AccountRow): Email | null | undefined {
  const text = parseText(values.email);
  return text === null || text === undefined ? text : parseImportedEmail(text);
}

/** In E.164 format; null if there is none, and why it is not valid. The prefix is for numbers without a country. */
export function readPhone({ values }: AccountRow, { phonePrefix, phones }: FieldRules): Phone | null | RowProblem {
  const text = parseText(values.phone);
  if (text === null) return null;
  if (text === undefined) return new RowProblem('phone', 'not a valid phone number');
  const phone = phones.read('phone', isInternational(text) ? text : phonePrefix + text);
  if (!isProblem(phone)) return phone;
  const reason = explainCell(text) ?? PHONE_REASONS[phone.reason] ?? 'not a valid phone number';
  return new RowProblem('phone', reason);
}

const PHONE_REASONS: Record<string, string> = {
  'phone-no-messages': 'numbers of this kind get no text messages',
};

const NOT_VERIFIED: Verification = { isVerified: false, at: null };

/** Undefined if the value is neither a flag nor a time. */
export const readEmailVerification = ({ values }: AccountRow, now: Date): Verification | undefined =>
  orFalse(parseVerification(values.emailVerified, now));

/** Undefined if the value is neither a flag nor a time. */
export function readPhoneVerification(row: AccountRow, rules: ImportRules, now: Date): Verification | undefined {
  const read = orFalse(parseVerification(row.values.phoneVerified, now));
  return rules.phoneVerified ? { isVerified: true, at: read?.at ?? null } : read;
}

const orFalse = (read: Verification | null | undefined): Verification | undefined =>
  read === null ? NOT_VERIFIED : read;

/** In lower case, not validated; undefined if there is none. */
export const readId = ({ values }: AccountRow): string | undefined => parseText(values.id)?.toLowerCase();

const HASH_REASONS = {
  'unknown-scheme': 'unknown kind of hash', // Or its name, if we know it.
  malformed: 'malformed hash',
  'too-costly': 'this hash takes too much time or memory to verify',
} as const;

/** The hash; null if there is none. */
export function readHash({ values }: AccountRow): string | null | RowProblem {
  const text = parseText(values.passwordHash);
  if (text === undefined) return new RowProblem('passwordHash', HASH_REASONS.malformed);
  if (text === null || isUnusablePassword(text)) return null;
  const hash = readForeignHash(text);
  if (!isProblem(hash)) return text;
  const reason =
    hash.kind === undefined ? HASH_REASONS[hash.reason] : `this kind of hash is not supported: ${hash.kind}`;
  return new RowProblem('passwordHash', reason);
}

/** Undefined if a word is not a role. */
export function readRoles({ values }: AccountRow): Role[] | undefined {
  const words = parseWords(values.roles)?.map((word) => word.toUpperCase());
  const roles = ROLES.filter((role) => words?.includes(role));
  return words?.every((word) => roles.some((role) => role === word)) ? roles : undefined;
}

/** A list, JSON text of one, or words between spaces and commas. */
export function readPermissions({ values }: AccountRow): string[] | RowProblem {
  const words = parseWords(parseIfJson(values.permissions));
  const permissions = words && parsePermissions(words);
  if (permissions === undefined) return new RowProblem('permissions', 'not a list of permissions');
  return isProblem(permissions) ? new RowProblem('permissions', explainData(permissions)) : permissions;
}

/** An object, or JSON text of one; empty if there is none. */
export function readMetadata({ values }: AccountRow, field: MetadataField): JsonObject | RowProblem {
  const value = parseIfJson(values[field]);
  if (isEmpty(value)) return {};
  const metadata = isJsonObject(value) ? parseMetadata(field, value) : undefined;
  if (metadata === undefined) return new RowProblem(field, 'not a JSON object');
  return isProblem(metadata) ? new RowProblem(field, explainData(metadata)) : metadata;
}

const DATA_REASONS: Partial<Record<FieldReason, string>> = {
  'text-too-long': 'a permission is longer than 100 characters',
  'permission-format': 'a permission contains spaces, quotes, backslashes or characters other than ASCII',
  'too-many-permissions': 'more than 100 permissions',
  'permissions-too-long': 'more than 2048 bytes of permissions',
  'json-too-long': 'more than 4096 bytes of JSON',
  'json-too-deep': 'nested more than 10 levels deep',
  'json-name': 'contains the name __proto__, constructor or prototype, or one that cannot be stored',
  'json-text': 'contains text that cannot be stored',
  'json-number': 'contains a number that would be rounded: write it as text',
};
const explainData = ({ reason }: FieldProblem): string => DATA_REASONS[reason] ?? 'not valid';

const PROFILE_REASONS: Record<string, string> = {
  'text-too-long': 'too long',
  'text-control-characters': 'contains characters that cannot be displayed',
  'locale-format': 'not a language tag',
};

/** The profile, with null for invalid fields, and their problems. */
export function readProfile({ values }: AccountRow): { profile: Profile; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const profile = mapProfile((field) => {
    const text = parseText(values[field]);
    if (text === undefined) problems.push(new RowProblem(field, 'not text'));
    // Django and POSIX use uz_UZ.
    const value = parseProfileField(field, field === 'locale' ? text?.replaceAll('_', '-') : text);
    if (!isProblem(value)) return value;
    problems.push(new RowProblem(field, PROFILE_REASONS[value.reason] ?? 'not valid'));
    return null;
  });
  return { profile, problems };
}
