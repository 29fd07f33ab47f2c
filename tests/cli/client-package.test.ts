import { describePackedPackage } from '../support/packed-package.ts';

const PROGRAM = `
import { createLatchkey, formErrors, isTemporary, type Latchkey, LatchkeyError, type LoginResult, memoryStorage } from '@latchkey/client';
import { LoginDocument } from '@latchkey/client/documents';
import { possibleTypes } from '@latchkey/client/possible-types';
import json from '@latchkey/client/possible-types.json' with { type: 'json' };

const latchkey: Latchkey = createLatchkey({ url: 'http://127.0.0.1:9', storage: memoryStorage() });
export function read(result: LoginResult): string {
  switch (result.__typename) {
    case 'Authenticated':
      return result.user.id;
    case 'SecondFactorRequired':
      return result.factors.join();
    case 'InvalidInput':
      // @ts-expect-error InvalidInput has no user
      return result.user;
    default:
      return formErrors(result)?.form ?? '';
  }
}
// @ts-expect-error an input without the password
const incomplete = () => latchkey.login({ identifier: 'ada@example.com' });
// @ts-expect-error administration is left to documents
const administration = latchkey.users;
const before = latchkey.session.status;
try {
  await latchkey.settings();
} catch (error) {
  if (!(error instanceof LatchkeyError)) throw error;
  const counts = [LoginDocument.definitions.length, possibleTypes.Problem?.length === json.Problem.length];
  process.stdout.write([before, error.code, isTemporary(error), ...counts, typeof administration, typeof incomplete].join(' '));
}
latchkey.close();
`;

describePackedPackage({
  name: 'client',
  program: PROGRAM,
  output: 'loading UNAVAILABLE true 5 true undefined function',
  dependencies: [],
  files: [
    'dist/introspection.json',
    'dist/possible-types.json',
    'dist/schema.graphql',
    'dist/sign-in.css',
    'dist/sign-in.css.d.ts',
  ],
  installed: ['@graphql-typed-document-node/core', 'graphql@16'],
  lib: 'es2023,dom',
});
