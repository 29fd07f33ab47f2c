const CLAIM_NAMES: readonly string[] = [
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

/** The claims that an access token can have, for the discovery documents. @param custom ACCESS_TOKEN_CLAIMS */
export const listClaimNames = (custom: object | undefined): string[] => [
  ...new Set([...CLAIM_NAMES, ...Object.keys(custom ?? {})]),
];
