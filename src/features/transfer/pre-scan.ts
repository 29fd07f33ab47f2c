import type { Email } from '../../core/identifiers.ts';
import { isPhoneVerified, readEmail, readId, readPhone } from './account-fields.ts';
import { createDigestTable } from './digest-table.ts';
import { identityKey, readIdentities } from './external-identity.ts';
import type { ImportRules } from './import.ts';
import type { RowSource } from './rows.ts';

/** Values that are unique to an account. */
type Unique = 'email' | 'phone' | 'id' | 'identity';

/** What must be known about the whole file before a row is imported. */
export interface PreScan {
  /** Whether two rows have the value. It is unknown which one owns it, so neither is imported. */
  isDuplicate(kind: Unique, value: string): boolean;
  /** Whether a separate row verifies the address of the account. */
  isVerified(key: string | undefined, email: Email): boolean;
  /** Whether separate rows contain identities of the account. */
  hasIdentities(key: string): boolean;
  hasIdentityRows: boolean;
}

/** Reads the whole file before the import. @param pause awaited after each chunk */
export async function preScan(source: RowSource, rules: ImportRules, pause: () => Promise<void>): Promise<PreScan> {
  const seen = createDigestTable();
  const duplicates = createDigestTable();
  const verified = createDigestTable();
  const owners = createDigestTable();
  const note = (kind: Unique, value: string | null | undefined) => {
    if (value && !seen.add(`${kind} ${value}`)) duplicates.add(`${kind} ${value}`);
  };

  for await (const rows of source.read()) {
    for (const row of rows) {
      if (row.kind === 'account') {
        note('email', readEmail(row));
        if (isPhoneVerified(row, rules)) note('phone', readPhone(row, rules));
        note('id', readId(row));
        for (const identity of new Set(readIdentities(row.identities)?.map(identityKey))) note('identity', identity);
      } else if (row.kind === 'verification') verified.add(verificationKey(row.owner, row.email));
      else if (row.kind === 'identity') owners.add(row.owner);
    }
    await pause();
  }

  return {
    isDuplicate: (kind, value) => duplicates.has(`${kind} ${value}`),
    isVerified: (key, email) => key !== undefined && verified.has(verificationKey(key, email)),
    hasIdentities: (key) => owners.has(key),
    hasIdentityRows: owners.size() > 0,
  };
}

/** Addresses are compared as written, in any letter case. */
const verificationKey = (key: string, email: string): string => `${key} ${email.trim().toLowerCase()}`;
