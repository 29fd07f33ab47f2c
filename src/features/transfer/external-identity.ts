import { RowProblem } from './row-problem.ts';
import { isRecord, own } from './rows.ts';

/** A user's identity at a provider: issuer and subject, never an address. */
export interface ExternalIdentity {
  provider: string;
  issuer: string;
  subject: string;
  email: string | null;
}

/** A unique key for an identity. */
export const identityKey = ({ issuer, subject }: Pick<ExternalIdentity, 'issuer' | 'subject'>): string =>
  `${issuer} ${subject}`;

/** Characters. OpenID Connect Core section 2: a subject has at most 255. */
const [MAX_SUBJECT_LENGTH, MAX_ISSUER_LENGTH] = [255, 500];
const PROVIDER = /^[a-z0-9][a-z0-9_-]{0,49}$/;
const PRINTABLE = /^[\x21-\x7e]+$/;

export const isIssuer = (text: string): boolean =>
  text.length <= MAX_ISSUER_LENGTH && PRINTABLE.test(text) && URL.canParse(text) && new URL(text).protocol === 'https:';

/**
 * The identity for a provider's name and the user's id there.
 * @param issuers by the provider's name
 */
export function resolveIdentity(
  provider: unknown,
  subject: unknown,
  issuers: Readonly<Record<string, string>>,
): ExternalIdentity | RowProblem {
  const name = typeof provider === 'string' ? provider.toLowerCase() : '';
  const issuer = own(issuers, name);
  if (!PROVIDER.test(name)) return new RowProblem('identities', 'not a valid name of a provider');
  if (typeof issuer !== 'string')
    return new RowProblem('identities', `unknown provider ${name}: pass its issuer with --issuer ${name}=https://…`);
  if (!isSubject(subject)) return new RowProblem('identities', 'not a valid id at the provider');
  return { provider: name, issuer, subject, email: null };
}

export const isSubject = (subject: unknown): subject is string =>
  typeof subject === 'string' && subject.length <= MAX_SUBJECT_LENGTH && PRINTABLE.test(subject);

/** An identity as `users export` writes it; undefined if it is not valid. */
export function readIdentity(value: unknown): ExternalIdentity | undefined {
  if (!isRecord(value)) return undefined;
  const { provider, issuer, subject, email = null } = value;
  if (typeof provider !== 'string' || !PROVIDER.test(provider) || !isSubject(subject)) return undefined;
  if (typeof issuer !== 'string' || !isIssuer(issuer)) return undefined;
  if (email !== null && (typeof email !== 'string' || email.length > MAX_SUBJECT_LENGTH || !PRINTABLE.test(email)))
    return undefined;
  return { provider, issuer, subject, email };
}
