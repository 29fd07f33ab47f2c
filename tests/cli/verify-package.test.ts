import { describePackedPackage } from '../support/packed-package.ts';

/** Uses every entry and the types that callers see. */
const PROGRAM = `
import { createServer } from 'node:http';
import { type AccessClaims, createVerifier, requireRoles, requireScopes, VerificationError, type Verifier } from '@latchkey/verify';
import * as apollo from '@latchkey/verify/apollo';
import * as express from '@latchkey/verify/express';
import * as fastify from '@latchkey/verify/fastify';
import { createSocketAuth } from '@latchkey/verify/graphql-ws';
import { useAccessTokens } from '@latchkey/verify/yoga';

interface Custom { plan: string }
const options = { issuer: 'http://127.0.0.1:9', audience: 'https://api.example.com' };
const verifier: Verifier<Custom> = createVerifier<Custom>(options);
const hooks = [
  express.authenticate(verifier),
  express.requireScopes('a'),
  fastify.authenticate(verifier, { optional: true }),
  apollo.createContext(verifier),
  useAccessTokens(verifier),
  createSocketAuth(verifier).onConnect,
];
export function planOf(claims: AccessClaims<Custom>): string {
  requireScopes(claims, 'a');
  requireRoles(claims, 'ADMIN');
  const scopes: readonly string[] = claims.scopes;
  // @ts-expect-error claims are read-only
  claims.sub = scopes[0];
  return claims.plan;
}
createServer();
try {
  await verifier.verify('not a token');
} catch (error) {
  if (!(error instanceof VerificationError)) throw error;
  const { code, status }: VerificationError = error;
  process.stdout.write(\`\${code} \${status} \${hooks.length}\`);
}
verifier.close();
`;

describePackedPackage({
  name: 'verify',
  program: PROGRAM,
  output: 'malformed 401 6',
  dependencies: ['jose'],
  files: [],
});
