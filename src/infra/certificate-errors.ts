/** Codes of Node.js for a certificate that no known authority has signed (nodejs.org/api/tls.html, X509 certificate error codes). */
const UNKNOWN_AUTHORITY = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
] as const;

/** The explanation under each of these codes. */
export const forUnknownAuthority = <T>(explanation: T): Record<string, T> =>
  Object.fromEntries(UNKNOWN_AUTHORITY.map((code) => [code, explanation]));
