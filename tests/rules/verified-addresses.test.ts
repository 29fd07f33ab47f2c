import { expect, test } from 'vitest';
import { sources } from './sources.ts';

// Verifying an address may hand the account over (docs/decisions/0017). Code that sets the column elsewhere forgets that.

/** Files that write the time of verification, and why. */
const WRITERS: Record<string, string> = {
  'features/accounts/user.repo.ts': 'new accounts, and setVerifiedEmail',
  'features/admin/managed-user.ts': 'new accounts, and updates, whose confirmations go through VerifyAddress',
  'features/transfer/account-writer.ts': 'new accounts',
};

/** Only conditions and reads may name the column otherwise. */
const WRITES = /\bemailVerifiedAt\s*(?::|=(?!=))|email_verified_at\s*=/;

const filesWith = (pattern: RegExp) => sources.filter(({ code }) => pattern.test(code)).map(({ file }) => file);

test('only these files write the time at which an address was verified (T98)', () => {
  const writing = filesWith(WRITES).filter((file) => file !== 'infra/db/tables.ts');
  expect(writing.sort()).toEqual(Object.keys(WRITERS).sort());
});

test('the address of an existing account is verified in one place (T98)', () => {
  expect(filesWith(/\.setVerifiedEmail\(/)).toEqual(['features/sign-in/address-verification.service.ts']);
  const [repo] = sources.filter(({ file }) => file === 'features/accounts/user.repo.ts');
  expect(repo?.code.match(new RegExp(WRITES, 'g'))).toHaveLength(2);
});
