import { z } from 'zod';
import type { ClaimTemplate } from '../core/token-claims/claim-template.ts';
import { parseClaims } from '../core/token-claims/parse-claims.ts';

/** ACCESS_TOKEN_CLAIMS. */
export const tokenClaims = z.string().transform((text, context): ClaimTemplate => {
  const claims = parseClaims(text);
  if (typeof claims !== 'string') return claims;
  context.addIssue({ code: 'custom', message: claims });
  return z.NEVER;
});
