import type { Email } from '../../core/identifiers.ts';
import { emailOf, idOf, isPhoneVerified, phoneOf, type ReadingRules } from './account-draft.ts';
import { createDigestTable } from './digest-table.ts';
import { keyOf, readIdentities } from './external-identity.ts';
import type { RowSource } from './rows.ts';

export type PreScan = Awaited<ReturnType<typeof preScan>>;

/**
 * What must be known of a whole file before its first row is taken over: which addresses, numbers, ids and identities
 * stand in it twice, which addresses were proved, and whose rows at providers will follow. Of two rows with one address
 * nobody can say whose it is; the first would hand the account of the second to its owner.
 * @param pause is awaited after each portion
 */
export async function preScan(source: RowSource, rules: ReadingRules, pause: () => Promise<void>) {
  const seen = createDigestTable();
  const twice = createDigestTable();
  const proofs = createDigestTable();
  const owners = createDigestTable();
  const note = (kind: Unique, value: string | null | undefined) => {
    if (value && !seen.add(`${kind} ${value}`)) twice.add(`${kind} ${value}`);
  };

  for await (const rows of source.read()) {
    for (const row of rows) {
      if (row.kind === 'account') {
        note('email', emailOf(row));
        if (isPhoneVerified(row, rules)) note('phone', phoneOf(row, rules));
        note('id', idOf(row));
        for (const identity of new Set(readIdentities(row.identities)?.map(keyOf))) note('identity', identity);
      } else if (row.kind === 'proof') proofs.add(proofOf(row.owner, row.email));
      else if (row.kind === 'identity') owners.add(row.owner);
    }
    await pause();
  }

  return {
    isTwice: (kind: Unique, value: string) => twice.has(`${kind} ${value}`),
    isVerified: (key: string | undefined, email: Email) => key !== undefined && proofs.has(proofOf(key, email)),
    hasIdentities: (key: string) => owners.has(key),
    identitiesExpected: owners.size() > 0,
  };
}

/** What no two accounts have in common. */
type Unique = 'email' | 'phone' | 'id' | 'identity';

/** Letter case apart, an address was proved as it was written. */
const proofOf = (key: string, email: string): string => `${key} ${email.trim().toLowerCase()}`;
