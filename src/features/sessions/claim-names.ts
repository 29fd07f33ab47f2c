/** The claims that an access token can have, besides those of ACCESS_TOKEN_CLAIMS. Published in the discovery documents. */
export const CLAIM_NAMES: readonly string[] = [
  'iss',
  'aud',
  'sub',
  'sid',
  'jti',
  'iat',
  'exp',
  'auth_time',
  'amr',
  'client_id',
  'gen',
  'email',
  'email_verified',
  'roles',
  'scope',
  'act',
];
