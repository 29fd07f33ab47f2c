/**
 * Characters of the longest access token: 2 KiB of permissions, 2 KiB of ACCESS_TOKEN_CLAIMS and the claims of each token, in
 * base64url, with an RS256 signature. Common proxies accept header lines of up to 8 KiB.
 */
export const MAX_ACCESS_TOKEN_LENGTH = 8_000;
