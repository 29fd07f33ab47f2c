/**
 * The bytes of base64url text (RFC 4648 section 5). Undefined unless the text is canonical: no padding, no spaces,
 * unused bits zero (section 3.5). Node's decoder is more lenient, so one token would have many spellings.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** Whether each part of a compact JWS (RFC 7515 section 7.1) has its only accepted spelling. Verifies no signature. */
export const hasCanonicalParts = (token: string): boolean =>
  token.split('.').every((part) => decodeBase64url(part) !== undefined);
