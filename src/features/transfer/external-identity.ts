import { isRecord, own } from './rows.ts';

/** Whom a provider says somebody is: issuer and subject, never an address. */
export interface ExternalIdentity {
  provider: string;
  issuer: string;
  subject: string;
  email: string | null;
}

/** What tells two identities apart, as one text. */
export const keyOf = ({ issuer, subject }: Pick<ExternalIdentity, 'issuer' | 'subject'>): string =>
  `${issuer} ${subject}`;

/** The providers that Latchkey knows by name. */
const KNOWN_ISSUERS: Readonly<Record<string, string>> = {
  google: 'https://accounts.google.com',
  facebook: 'https://www.facebook.com',
  github: 'https://github.com',
};

/** Characters. OpenID Connect Core section 2: a subject has at most 255. */
const [LONGEST_SUBJECT, LONGEST_ISSUER] = [255, 500];
const PROVIDER = /^[a-z0-9][a-z0-9_-]{0,49}$/;
const PRINTABLE = /^[\x21-\x7e]+$/;

export const isIssuer = (text: string): boolean =>
  text.length <= LONGEST_ISSUER && PRINTABLE.test(text) && URL.canParse(text) && new URL(text).protocol === 'https:';

/**
 * The identity behind a provider's name and its id of a person.
 * @param issuers those of providers that we do not know by ourselves
 */
export function identityAt(
  provider: unknown,
  subject: unknown,
  issuers: Readonly<Record<string, string>>,
): ExternalIdentity | { reason: string } {
  const name = typeof provider === 'string' ? provider.toLowerCase() : '';
  const issuer = own(issuers, name) ?? own(KNOWN_ISSUERS, name);
  if (!PROVIDER.test(name) || typeof issuer !== 'string')
    return { reason: 'we do not know the issuer of this provider: name it with --issuer' };
  if (!isSubject(subject)) return { reason: 'the id at the provider is not one' };
  return { provider: name, issuer, subject, email: null };
}

const isSubject = (subject: unknown): subject is string =>
  typeof subject === 'string' && subject.length <= LONGEST_SUBJECT && PRINTABLE.test(subject);

/** As an export has them; undefined when they are something else. */
export function readIdentities(value: unknown): ExternalIdentity[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || value.length > 50) return undefined;
  const identities = value.map(readIdentity);
  return identities.every((identity) => identity !== undefined) ? identities : undefined;
}

function readIdentity(value: unknown): ExternalIdentity | undefined {
  if (!isRecord(value)) return undefined;
  const { provider, issuer, subject, email = null } = value;
  if (typeof provider !== 'string' || !PROVIDER.test(provider) || !isSubject(subject)) return undefined;
  if (typeof issuer !== 'string' || !isIssuer(issuer)) return undefined;
  if (email !== null && (typeof email !== 'string' || email.length > LONGEST_SUBJECT || !PRINTABLE.test(email)))
    return undefined;
  return { provider, issuer, subject, email };
}
