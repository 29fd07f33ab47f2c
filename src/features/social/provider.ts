import type { Email } from '../../core/identifiers.ts';
import type { SocialFailure } from '../../core/social-problems.ts';

/** The user as the provider identified them. Issuer and subject are the identity; nothing else identifies a user. */
export interface SocialProfile {
  issuer: string;
  subject: string;
  /** Canonical. Undefined if there is no valid address in ASCII. */
  email: Email | undefined;
  /** The provider says explicitly that it verified the address. */
  emailVerified: boolean;
  /** The provider assigns the address itself, so its user owns the mailbox now. */
  emailAuthoritative: boolean;
  firstName: string | null;
  lastName: string | null;
}

/** Why there is no profile. The detail is for the log: our own words and the provider's error code, never a secret. */
export class Failure {
  /** @param reason UNAVAILABLE: the provider does not work, which says nothing about the user */
  constructor(
    readonly reason: SocialFailure | 'UNAVAILABLE',
    readonly detail: string,
  ) {}
}

/** What the authorization request carries, new for each sign-in (RFC 6749 section 4.1.1). */
export interface AuthorizationParameters {
  redirectUri: string;
  state: string;
  nonce: string;
  /** The provider gets its SHA-256 (RFC 7636). */
  verifier: string;
}

/** The parameters of the redirect, with the stored parameters of the request. */
export interface AuthorizationResponse {
  code: string;
  redirectUri: string;
  nonce: string;
  verifier: string;
  /** The iss parameter of the redirect (RFC 9207). */
  issuer: string | undefined;
}

/** A token that an app received from the provider. */
export type NativeToken =
  | { kind: 'idToken'; token: string; nonce: string | undefined }
  | { kind: 'accessToken'; token: string };

/** A way to sign in with another site. Returns a Failure, and never throws for what the other site does. */
export interface SocialProvider {
  /** For socialAuthorize. */
  readonly name: string;
  /** For users. */
  readonly label: string;
  /** The URL to send the browser to. */
  authorize(parameters: AuthorizationParameters): Promise<string | Failure>;
  exchange(response: AuthorizationResponse): Promise<SocialProfile | Failure>;
  /** The tokens of native apps whose audience can be checked. */
  readonly nativeTokens: readonly NativeToken['kind'][];
  accept(token: NativeToken): Promise<SocialProfile | Failure>;
}

/** For a kind of token that `nativeTokens` does not contain. */
export const unsupportedToken = (): Failure => new Failure('TOKEN_INVALID', 'this provider has no such tokens');
