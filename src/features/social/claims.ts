import { parseEmail } from '../../core/identifiers.ts';
import { NAME_MAX_LENGTH, tidyText } from '../accounts/profile.ts';
import type { SocialProfile } from './provider.ts';

/** What came from another site: any JSON. */
export type Claims = Readonly<Record<string, unknown>>;

export const claimsIn = (body: unknown): Claims =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {};

/** Undefined unless it is text with something in it. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Characters (OpenID Connect Core section 2: at most 255). */
const LONGEST_SUBJECT = 255;

/** Identifiers are text, or numbers at sites that count their users. */
export function subjectOf(value: unknown): string | undefined {
  const text = Number.isSafeInteger(value) ? String(value) : textOf(value);
  return text && text.length <= LONGEST_SUBJECT && !/\p{Cc}/u.test(text) && text.isWellFormed() ? text : undefined;
}

/** Apple and Google's tokeninfo write the boolean as text. Anything else, "false" above all, proves nothing. */
export const isTrue = (value: unknown): boolean => value === true || value === 'true';

/** Names are for show: what is too long or cannot be shown is dropped, not refused. */
export function nameOf(value: unknown): string | null {
  const tidy = tidyText('name', textOf(value), NAME_MAX_LENGTH);
  return typeof tidy === 'string' ? tidy : null;
}

/** The profile that the standard claims make (OpenID Connect Core section 5.1). */
export function profileOf(
  claims: Claims,
  who: Pick<SocialProfile, 'issuer' | 'subject'>,
  isAuthoritative: (email: string, claims: Claims) => boolean,
): SocialProfile {
  const email = parseEmail(textOf(claims.email) ?? '');
  return {
    ...who,
    email,
    emailVerified: email !== undefined && isTrue(claims.email_verified),
    emailAuthoritative: email !== undefined && isAuthoritative(email, claims),
    firstName: nameOf(claims.given_name),
    lastName: nameOf(claims.family_name),
  };
}

export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);
