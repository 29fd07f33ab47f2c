import type { Email } from '../../core/identifiers.ts';
import { type ImportRules, isPhoneVerified, readEmail, readId, readPhone } from './account-draft.ts';
import { createDigestTable } from './digest-table.ts';
import { identityKey, readIdentities } from './external-identity.ts';
import type { RowSource } from './rows.ts';

export type PreScan = Awaited<ReturnType<typeof preScan>>;

/**
 * Reads the whole file before the import: which addresses, numbers, ids and identities occur twice, which addresses are
 * verified, and which users have identities. If two rows have the same address, its owner is not known: neither is imported.
 * @param pause is awaited after each chunk
 */
export async function preScan(source: RowSource, rules: ImportRules, pause: () => Promise<void>) {
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
    isDuplicate: (kind: Unique, value: string) => duplicates.has(`${kind} ${value}`),
    isVerified: (key: string | undefined, email: Email) =>
      key !== undefined && verified.has(verificationKey(key, email)),
    hasIdentities: (key: string) => owners.has(key),
    hasIdentityRows: owners.size() > 0,
  };
}

/** Values that are unique to an account. */
type Unique = 'email' | 'phone' | 'id' | 'identity';

/** Addresses are compared as written, in any letter case. */
const verificationKey = (key: string, email: string): string => `${key} ${email.trim().toLowerCase()}`;
