import { createHash } from 'node:crypto';
import type { Email, Phone } from '../../core/identifiers.ts';
import { digestId, isId } from '../../core/ids.ts';
import { isProblem } from '../../core/problems.ts';
import { ROLES, type Role } from '../../infra/db/tables.ts';
import type { UserMetadata } from '../accounts/metadata.ts';
import type { Profile } from '../accounts/user.ts';
import {
  readEmail,
  readEmailVerification,
  readHash,
  readId,
  readMetadata,
  readPermissions,
  readPhone,
  readPhoneVerification,
  readProfile,
  readRoles,
} from './account-fields.ts';
import { explainCell, parseBoolean, parseTime } from './cell-values.ts';
import { type ExternalIdentity, identityKey } from './external-identity.ts';
import { readIdentities } from './identity-lists.ts';
import type { ReadingRequest } from './import.ts';
import { InvalidRow, RowProblem } from './row-problem.ts';
import type { AccountRow } from './rows.ts';
import type { SecondFactors } from './second-factors/second-factors.ts';

/** A valid account. Without an email address or a verified number, it has an identity and an id. */
export interface AccountDraft extends Profile {
  /** From the file, if it is a UUID; otherwise a new id is created. */
  id: string | undefined;
  email: Email | null;
  emailVerified: boolean;
  /** Null if it is not known. */
  emailVerifiedSince: Date | null;
  phone: Phone | null;
  phoneVerified: boolean;
  phoneVerifiedSince: Date | null;
  passwordHash: string | null;
  roles: Role[];
  permissions: string[];
  metadata: UserMetadata;
  isActive: boolean;
  createdAt: Date | null;
  lastLoginAt: Date | null;
  identities: ExternalIdentity[];
  factors: SecondFactors;
}

/** Whether identities are the only way to sign in. */
export const hasOnlyIdentities = ({ email, phoneVerified }: AccountDraft): boolean => email === null && !phoneVerified;

const NOT_BOOLEAN = 'neither true nor false';
const NOT_VERIFICATION = 'neither true nor false, nor a time between 1970 and now';
const NOT_IDENTITIES = 'not a list of provider, issuer and subject. --map identities= ignores it';
const NOT_TIME = 'not a time between 1970 and now, such as 2024-05-31T09:00:00Z';
const verificationReason = (cell: unknown): string => explainCell(cell) ?? NOT_VERIFICATION;
const timeReason = (cell: unknown): string => explainCell(cell) ?? NOT_TIME;

/**
 * The account of a row and the fields that were left out, or all problems of the row.
 * @param isVerified whether another row of the file verifies the address
 */
export function draftAccount(
  row: AccountRow,
  factors: SecondFactors,
  { rules, issuers }: Pick<ReadingRequest, 'rules' | 'issuers'>,
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

  const spoiled = explainCell(values.id);
  if (spoiled) problems.push(new RowProblem('id', spoiled));
  const email = required('email', readEmail(row), 'not a valid email address in ASCII');
  const number = readPhone(row, rules);
  if (isProblem(number)) optionalProblems.push(number);
  const phone = isProblem(number) ? null : number;
  const emailState = required(
    'emailVerified',
    readEmailVerification(row, now),
    verificationReason(values.emailVerified),
  );
  const phoneState = required(
    'phoneVerified',
    readPhoneVerification(row, rules, now),
    verificationReason(values.phoneVerified),
  );
  const phoneVerified = phoneState?.isVerified ?? false;
  const list = required('identities', readIdentities(row.identities, issuers), NOT_IDENTITIES);
  const identities = list?.identities;
  leftOut.push(...(list?.leftOut ?? []));
  const unreachable = checkSignIn({ email, phone, phoneVerified, identities });
  if (unreachable) problems.push(unreachable);

  const hash = readHash(row);
  if (isProblem(hash)) optionalProblems.push(hash);
  const roles = required('roles', readRoles(row), `the only roles are ${ROLES.join(' and ')}`);
  const isActive = required('isActive', parseBoolean(values.isActive), NOT_BOOLEAN);
  const createdAt = optional('createdAt', parseTime(values.createdAt, now), timeReason(values.createdAt));
  const lastLoginAt = optional('lastLoginAt', parseTime(values.lastLoginAt, now), timeReason(values.lastLoginAt));
  const { profile, problems: profileProblems } = readProfile(row);
  optionalProblems.push(...profileProblems);
  const permissions = readPermissions(row);
  const publicMetadata = readMetadata(row, 'publicMetadata');
  const privateMetadata = readMetadata(row, 'privateMetadata');
  optionalProblems.push(...[permissions, publicMetadata, privateMetadata].filter((read) => isProblem(read)));
  if (problems.length > 0) return new InvalidRow(problems);

  const draft = {
    ...profile,
    id: readUuid(row),
    email: email ?? null,
    emailVerified: email != null && (rules.emailVerified || emailState?.isVerified === true || isVerified(email)),
    emailVerifiedSince: emailState?.at ?? null,
    phone,
    phoneVerified: phone !== null && phoneVerified,
    phoneVerifiedSince: phoneState?.at ?? null,
    passwordHash: isProblem(hash) ? null : hash,
    roles: roles ?? [],
    permissions: isProblem(permissions) ? [] : permissions,
    metadata: {
      publicMetadata: isProblem(publicMetadata) ? {} : publicMetadata,
      privateMetadata: isProblem(privateMetadata) ? {} : privateMetadata,
    },
    isActive: isActive ?? true,
    createdAt,
    lastLoginAt,
    identities: identities ?? [],
    factors,
  };
  return { draft: hasOnlyIdentities(draft) ? withId(draft) : draft, leftOut };
}

/** Other ids are only keys of the file. */
function readUuid(row: AccountRow): string | undefined {
  const id = readId(row);
  return id !== undefined && isId(id) ? id : undefined;
}

/** A later import has to find the account, and it has nothing else: its id follows from its first identity. */
function withId(draft: AccountDraft): AccountDraft {
  const [identity] = draft.identities;
  if (draft.id !== undefined || !identity) return draft;
  const digest = createHash('sha256').update(identityKey(identity)).digest();
  return { ...draft, id: digestId(digest) };
}

interface SignInFields {
  /** Undefined: not valid. The problem has already been reported. */
  email: Email | null | undefined;
  phone: Phone | null;
  phoneVerified: boolean;
  identities: ExternalIdentity[] | undefined;
}

/** Why the user could not sign in to the account; undefined if they can. */
function checkSignIn({ email, phone, phoneVerified, identities }: SignInFields): RowProblem | undefined {
  if (email !== null || (identities !== undefined && identities.length > 0)) return undefined;
  if (phone === null) return new RowProblem(undefined, 'neither an email address nor a phone number');
  if (phoneVerified) return undefined;
  return new RowProblem('phone', 'without an email address, the number must be verified (--phone-verified)');
}
