import { parseAsciiEmail } from '../../core/identifiers.ts';
import { isProblem } from '../../core/problems.ts';
import { NAME_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { SocialProfile } from './provider.ts';

/** JSON from another site. */
export type Claims = Readonly<Record<string, unknown>>;

export const claimsIn = (body: unknown): Claims =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};

/** Undefined unless it is text and not empty. */
export const readText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Characters (OpenID Connect Core section 2: at most 255). */
const LONGEST_SUBJECT = 255;

/** User IDs are text, or numbers at some sites. */
export function readSubject(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : readText(value);
  return text && text.length <= LONGEST_SUBJECT && !/\p{Cc}/u.test(text) && text.isWellFormed() ? text : undefined;
}

/** Apple and Google's tokeninfo write the boolean as text. Anything else, "false" included, does not count. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** Null if the name is too long or cannot be displayed: a bad name must not stop a sign-in. */
export function readName(value: unknown): string | null {
  const tidy = tidyText('name', readText(value), NAME_MAX_LENGTH);
  return isProblem(tidy) ? null : tidy;
}

/** The profile in the standard claims (OpenID Connect Core section 5.1). */
export function toProfile(
  claims: Claims,
  identity: Pick<SocialProfile, 'issuer' | 'subject'>,
  isAuthoritative: (email: string, claims: Claims) => boolean,
): SocialProfile {
  const email = parseAsciiEmail(readText(claims.email) ?? '');
  return {
    ...identity,
    email,
    emailVerified: email !== undefined && isTrue(claims.email_verified),
    emailAuthoritative: email !== undefined && isAuthoritative(email, claims),
    firstName: readName(claims.given_name),
    lastName: readName(claims.family_name),
  };
}

export const emailDomain = (email: string): string => email.slice(email.lastIndexOf('@') + 1);
