/** This service as the issuer knows it. */
export interface OpenIdClient {
  /** Exactly as in the iss claim of its tokens. */
  issuer: string;
  clientId: string;
  secret: ClientSecret;
  scopes: readonly string[];
  responseMode: 'query' | 'form_post';
}

export type ClientSecret =
  | { kind: 'shared'; secret: string }
  /** The secret is a JWT that is signed anew for each request, as Apple requires. The key is PKCS #8 PEM, P-256. */
  | { kind: 'signed'; teamId: string; keyId: string; privateKey: string };
