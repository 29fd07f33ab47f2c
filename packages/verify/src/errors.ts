const DETAILS = {
  missing: { status: 401, text: 'An access token is required.' },
  malformed: { status: 401, text: 'The access token is malformed.' },
  'wrong-type': { status: 401, text: 'The token is not an access token.' },
  'wrong-algorithm': { status: 401, text: 'The access token is signed with an algorithm that is not accepted.' },
  'unknown-key': { status: 401, text: 'The access token is signed with an unknown key.' },
  'bad-signature': { status: 401, text: 'The signature of the access token is wrong.' },
  'wrong-issuer': { status: 401, text: 'The access token is from another issuer.' },
  'wrong-audience': { status: 401, text: 'The access token is for another service.' },
  expired: { status: 401, text: 'The access token has expired.' },
  'not-yet-valid': { status: 401, text: 'The access token is not valid yet.' },
  revoked: { status: 401, text: 'The session of the access token has ended.' },
  'insufficient-scope': { status: 403, text: 'The access token does not have the required scope.' },
  'insufficient-role': { status: 403, text: 'The user does not have a required role.' },
  unavailable: { status: 503, text: 'Access tokens cannot be verified at the moment. Try again.' },
} as const;

/** Why a token is not accepted. `unavailable`: it is not known whether it is valid. */
export type VerificationCode = keyof typeof DETAILS;

/** Codes by which GraphQL clients recognise the error. */
const GRAPHQL_CODES = { 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN', 503: 'SERVICE_UNAVAILABLE' } as const;

/** The only error that this package throws for a token. Its message is fit for a response: it does not quote the token. */
export class VerificationError extends Error {
  override readonly name: string = 'VerificationError';
  /** The status of the response: 401, 403 or 503. */
  readonly status: 401 | 403 | 503;
  /** Headers of the response: `www-authenticate` (RFC 6750 section 3), or `retry-after`. */
  readonly headers: Readonly<Record<string, string>>;
  /** For graphql-js, which copies them to the error of the response. */
  readonly extensions: { code: string; http?: { status: number; headers: Map<string, string> } };

  constructor(
    readonly code: VerificationCode,
    { scope, ...options }: ErrorOptions & { scope?: string } = {},
  ) {
    const { status, text } = DETAILS[code];
    super(text, options);
    this.status = status;
    this.headers = status === 503 ? { 'retry-after': '1' } : { 'www-authenticate': challenge(code, text, scope) };
    this.extensions = { code: GRAPHQL_CODES[status] };
  }
}

/** The body of a response for clients that do not speak GraphQL: RFC 6750 section 3.1. */
export const problemBody = ({ code, message }: VerificationError): { error: string; error_description: string } => ({
  error: code,
  error_description: message,
});

/** A request without a token gets no error code (RFC 6750 section 3.1). */
function challenge(code: VerificationCode, text: string, scope: string | undefined): string {
  if (code === 'missing') return 'Bearer';
  const error = DETAILS[code].status === 403 ? 'insufficient_scope' : 'invalid_token';
  return `Bearer error="${error}", error_description="${text}"${scope ? `, scope="${scope}"` : ''}`;
}
