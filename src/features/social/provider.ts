import type { Email } from '../../core/identifiers.ts';
import type { SocialFailure } from '../../core/social-problems.ts';

/** Who came back, as the provider has proved it to us. The issuer and the subject are the identity; nothing else is. */
export interface SocialProfile {
  issuer: string;
  subject: string;
  /** Canonical; undefined when the provider tells none that we accept. */
  email: Email | undefined;
  /** The provider says in so many words that the address was proved to it. */
  emailVerified: boolean;
  /** The provider hands the address out itself, so whoever it says has it, has it now. */
  emailAuthoritative: boolean;
  firstName: string | null;
  lastName: string | null;
}

/** Why there is no profile. The detail is for the log: our own words and the provider's error code, never a secret. */
export class Failure {
  /** @param reason UNAVAILABLE: it says nothing about the person, only that the provider does not answer as it should */
  constructor(
    readonly reason: SocialFailure | 'UNAVAILABLE',
    readonly detail: string,
  ) {}
}

/** What is sent along with the browser, fresh for each sign-in. */
export interface Departure {
  redirectUri: string;
  state: string;
  nonce: string;
  /** RFC 7636; the provider gets its SHA-256. */
  verifier: string;
}

/** What the browser brought back, with what was kept of its departure. */
export interface Return {
  code: string;
  redirectUri: string;
  nonce: string;
  verifier: string;
  /** The iss parameter of the redirect (RFC 9207); undefined when there was none. */
  issuer: string | undefined;
}

/** What an app got from the provider by itself. */
export type NativeToken = { idToken: string; nonce: string | undefined } | { accessToken: string };
export type NativeTokenKind = 'idToken' | 'accessToken';

/** A way to sign in with another site. Answers with a Failure, and throws for nothing that the other site can do. */
export interface SocialProvider {
  /** What socialAuthorize takes. */
  readonly name: string;
  /** What people see. */
  readonly label: string;
  /** The address to send the browser to. */
  authorize(departure: Departure): Promise<string | Failure>;
  exchange(signIn: Return): Promise<SocialProfile | Failure>;
  /** Which tokens of native apps can be checked to be meant for us. */
  readonly nativeTokens: readonly NativeTokenKind[];
  accept(token: NativeToken): Promise<SocialProfile | Failure>;
}

/** For a kind of token that `nativeTokens` does not name. */
export const notTaken = (): Failure => new Failure('TOKEN_INVALID', 'this provider has no such tokens');

/** Whether the redirect names an issuer that is not this one, at a provider that need not name any. */
export const isFromElsewhere = ({ issuer }: Return, own: string): boolean => issuer !== undefined && issuer !== own;
