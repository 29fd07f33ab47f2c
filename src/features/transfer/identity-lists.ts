import { isProblem } from '../../core/problems.ts';
import { MAX_IDENTITIES } from '../identities/identity.ts';
import { type ExternalIdentity, identityKey, readIdentity, resolveIdentity } from './external-identity.ts';
import type { RowProblem } from './row-problem.ts';
import { isRecord, own } from './rows.ts';
import { readPath } from './text/paths.ts';

/** The identities of an account. */
export interface IdentityList {
  identities: ExternalIdentity[];
  /** Identities that cannot be imported, each with its reason. */
  leftOut: RowProblem[];
}

/** How other systems write an identity: the name of the provider, and the user's id there. */
const SHAPES: readonly (readonly [provider: string, subjects: readonly string[]])[] = [
  ['provider', ['provider_id', 'identity_data.sub']], // Supabase
  ['provider', ['provider_user_id']], // Clerk
  ['provider', ['user_id']], // Auth0
  ['identityProvider', ['userId']], // Keycloak
  ['providerName', ['userId']], // Cognito
  ['providerId', ['rawId']], // Firebase
  ['providerId', ['accountId']], // better-auth
  ['provider_id', ['account_id']], // better-auth with snake case
];

/** Not identities at a provider: the system's own passwords and codes. */
const LOCAL = new Set([
  'email',
  'phone',
  'sms',
  'auth0',
  'password',
  'credential',
  'anonymous',
  'cognito',
  'email-otp',
]);

/** The name that we use for google-oauth2, google.com, oauth_google or Google. */
const canonicalProvider = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^oauth_(?:custom_)?|-oauth2$|\.com$/g, '')
    .replace(/^signinwithapple$/, 'apple');

/**
 * Parses a list of identities as we, Supabase, Auth0, Clerk, Keycloak, Cognito, Firebase or better-auth export it;
 * undefined if it is in none of these forms.
 */
export function readIdentities(value: unknown, issuers: Readonly<Record<string, string>>): IdentityList | undefined {
  if (value === undefined || value === null || value === '') return { identities: [], leftOut: [] };
  if (!Array.isArray(value) || value.length > MAX_IDENTITIES) return undefined;
  const list: IdentityList = { identities: [], leftOut: [] };
  for (const entry of value) {
    if (!isRecord(entry)) return undefined;
    const read =
      Object.hasOwn(entry, 'issuer') && Object.hasOwn(entry, 'subject')
        ? readIdentity(entry)
        : readForeign(entry, issuers);
    if (read === undefined) return undefined;
    if (read === 'local') continue;
    if (isProblem(read)) list.leftOut.push(read);
    else if (!list.identities.some((known) => identityKey(known) === identityKey(read))) list.identities.push(read);
  }
  return list;
}

type Read = ExternalIdentity | RowProblem | 'local' | undefined;

function readForeign(entry: Record<string, unknown>, issuers: Readonly<Record<string, string>>): Read {
  for (const [name, subjects] of SHAPES) {
    const provider = own(entry, name);
    if (typeof provider !== 'string') continue;
    if (LOCAL.has(provider.toLowerCase())) return 'local';
    const subject = subjects
      .map((path) => readPath(entry, path)?.value)
      .find((found) => found !== undefined && found !== null);
    if (subject === undefined) continue;
    return resolveIdentity(
      canonicalProvider(provider),
      typeof subject === 'number' ? String(subject) : subject,
      issuers,
    );
  }
  return undefined;
}
