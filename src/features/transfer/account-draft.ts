import type { Email, Phone } from '../../core/identifiers.ts';
import { isId } from '../../core/ids.ts';
import { isProblem } from '../../core/problems.ts';
import { ROLES, type Role } from '../../infra/db/tables.ts';
import type { Profile } from '../accounts/user.ts';
import { isPhoneVerified, readEmail, readHash, readId, readPhone, readProfile, readRoles } from './account-fields.ts';
import { parseBoolean, parseTime } from './cell-values.ts';
import { type ExternalIdentity, readIdentities } from './external-identity.ts';
import type { ImportRules } from './import.ts';
import { InvalidRow, RowProblem } from './row-problem.ts';
import type { AccountRow } from './rows.ts';

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

/** Whether identities are the only way to sign in. */
export const hasOnlyIdentities = ({ email, phoneVerified }: AccountDraft): boolean => email === null && !phoneVerified;

const NOT_BOOLEAN = 'neither true nor false';
const NOT_TIME = 'not a time between 1970 and now, such as 2024-05-31T09:00:00Z';

/**
 * The account of a row and the fields that were left out, or all problems of the row.
 * @param isVerified whether another row of the file verifies the address
 */
export function draftAccount(
  row: AccountRow,
  rules: ImportRules,
  isVerified: (email: Email) => boolean,
  now: Date,
): { draft: AccountDraft; leftOut: RowProblem[] } | InvalidRow {
  const { values } = row;
  const problems: RowProblem[] = [];
  const leftOut: RowProblem[] = [];
  const optionalProblems = rules.lenient ? leftOut : problems;
  const required = <T>(field: RowProblem['field'], value: T | undefined, reason: string): T | undefined => {
    if (value === undefined) problems.push(new RowProblem(field, reason));
    return value;
  };
  const optional = <T>(field: RowProblem['field'], value: T | undefined, reason: string): T | null => {
    if (value === undefined) optionalProblems.push(new RowProblem(field, reason));
    return value ?? null;
  };

  const email = required('email', readEmail(row), 'not a valid email address in ASCII');
  const phone = optional('phone', readPhone(row, rules), 'not a valid phone number');
  const emailFlag = required('emailVerified', parseBoolean(values.emailVerified), NOT_BOOLEAN);
  const phoneVerified = required('phoneVerified', isPhoneVerified(row, rules), NOT_BOOLEAN) ?? false;
  const id = readId(row);
  if (id !== undefined && !isId(id)) problems.push(new RowProblem('id', 'not a UUID'));
  const identities = required(
    'identities',
    readIdentities(row.identities),
    'not a list of provider, issuer and subject',
  );
  const unreachable = checkSignIn({ id, email, phone, phoneVerified, identities });
  if (unreachable) problems.push(unreachable);

  const hash = readHash(row);
  if (isProblem(hash)) optionalProblems.push(hash);
  const roles = required('roles', readRoles(row), `the only roles are ${ROLES.join(' and ')}`);
  const isActive = required('isActive', parseBoolean(values.isActive), NOT_BOOLEAN);
  const createdAt = optional('createdAt', parseTime(values.createdAt, now), NOT_TIME);
  const lastLoginAt = optional('lastLoginAt', parseTime(values.lastLoginAt, now), NOT_TIME);
  const { profile, problems: profileProblems } = readProfile(row);
  optionalProblems.push(...profileProblems);
  if (problems.length > 0) return new InvalidRow(problems);

  const draft = {
    ...profile,
    id,
    email: email ?? null,
    emailVerified: email != null && (rules.emailVerified || emailFlag === true || isVerified(email)),
    phone,
    phoneVerified: phone !== null && phoneVerified,
    passwordHash: isProblem(hash) ? null : hash,
    roles: roles ?? [],
    isActive: isActive ?? true,
    createdAt,
    lastLoginAt,
    identities: identities ?? [],
  };
  return { draft, leftOut };
}

interface SignInFields {
  id: string | undefined;
  /** Undefined: not valid. The problem has already been reported. */
  email: Email | null | undefined;
  phone: Phone | null;
  phoneVerified: boolean;
  identities: ExternalIdentity[] | undefined;
}

/** Why the user could not sign in to the account; undefined if they can. */
function checkSignIn({ id, email, phone, phoneVerified, identities }: SignInFields): RowProblem | undefined {
  // The user signs in with a provider, and a later import finds the account by its id.
  const hasIdentity = id !== undefined && identities !== undefined && identities.length > 0;
  if (email !== null || hasIdentity) return undefined;
  if (phone === null) return new RowProblem(undefined, 'neither an email address nor a phone number');
  if (phoneVerified) return undefined;
  return new RowProblem('phone', 'without an email address, the number must be verified (--phone-verified)');
}
