import { type Email, parseImportedEmail } from '../../core/identifiers.ts';
import { isProblem } from '../../core/problems.ts';
import { readEmail, readId, readPhone, readPhoneVerification } from './account-fields.ts';
import { createDigestTable } from './digest-table.ts';
import { identityKey } from './external-identity.ts';
import { readIdentities } from './identity-lists.ts';
import type { ReadingRequest } from './import.ts';
import { accountKeys, findNaturalColumn, isNaturalKey } from './natural-keys.ts';
import type { AccountRow, AddressRow, RowPosition } from './rows.ts';
import { createFactorRows } from './second-factors/factor-rows.ts';
import type { FactorPart } from './second-factors/second-factors.ts';

/** Values that are unique to an account. */
type Unique = 'email' | 'phone' | 'id' | 'identity';

/** What must be known about the whole file before a row is imported. */
export interface PreScan {
  /** Whether two rows have the value. It is unknown which one owns it, so neither is imported. */
  isDuplicate(kind: Unique, value: string): boolean;
  /** The keys by which other rows may refer to the account. */
  listKeys(row: AccountRow): string[];
  /** Whether a separate row verifies the address of the account. */
  isVerified(row: AccountRow, email: Email): boolean;
  /** Remembers that an account has the address, so that a separate row with it is used. */
  noteAddress(row: AccountRow, email: Email): void;
  /** Whether no account has the address of the row. */
  isUnused(row: AddressRow): boolean;
  /** The second factors of the account in separate rows. */
  factorsOf(row: AccountRow): FactorPart[];
  /** Separate rows with second factors that belong to no account. Known after all accounts were read. */
  unusedFactors(): RowPosition[];
  /** Whether separate rows contain identities of the account. */
  hasIdentities(row: AccountRow): boolean;
  hasIdentityRows: boolean;
  /** Whether there are addresses that no account has. Known after all accounts were read. */
  hasUnusedAddresses(): boolean;
}

/** Reads the whole file before the import. @param pause awaited after each chunk */
export async function preScan(
  { source, rules, issuers }: Pick<ReadingRequest, 'source' | 'rules' | 'issuers'>,
  now: Date,
  pause: () => Promise<void>,
): Promise<PreScan> {
  const seen = createDigestTable();
  const duplicates = createDigestTable();
  const addresses = createDigestTable();
  const used = createDigestTable();
  const verified = createDigestTable();
  const factors = createFactorRows();
  const owners = createDigestTable();
  const naturalOwners = createDigestTable();
  const note = (kind: Unique, value: string | null | undefined) => {
    if (value && !seen.add(`${kind} ${value}`)) duplicates.add(`${kind} ${value}`);
  };

  function noteAccount(row: AccountRow): void {
    note('email', readEmail(row));
    const phone = readPhoneVerification(row, rules, now)?.isVerified ? readPhone(row, rules) : undefined;
    if (!isProblem(phone)) note('phone', phone);
    note('id', readId(row));
    const list = readIdentities(row.identities, issuers)?.identities;
    for (const identity of new Set(list?.map(identityKey))) note('identity', identity);
  }

  for await (const rows of source.read()) {
    for (const row of rows) {
      if (row.kind === 'account') noteAccount(row);
      if (row.kind === 'factor') factors.add(row);
      if (row.kind !== 'address' && row.kind !== 'identity' && row.kind !== 'factor') continue;
      if (row.owner === undefined) continue;
      if (isNaturalKey(row.owner)) naturalOwners.add(row.owner);
      if (row.kind === 'identity') owners.add(row.owner);
      if (row.kind === 'address') {
        addresses.add(addressKey(row.owner, row.email));
        if (row.isVerified) verified.add(addressKey(row.owner, row.email));
      }
    }
    await pause();
  }
  const naturalColumn = naturalOwners.size() > 0 ? await findNaturalColumn(source, naturalOwners) : undefined;
  const listKeys = (row: AccountRow) => accountKeys(row, naturalColumn);

  return {
    isDuplicate: (kind, value) => duplicates.has(`${kind} ${value}`),
    listKeys,
    isVerified: (row, email) => listKeys(row).some((key) => verified.has(addressKey(key, email))),
    noteAddress(row, email) {
      for (const key of listKeys(row)) if (addresses.has(addressKey(key, email))) used.add(addressKey(key, email));
    },
    isUnused: ({ owner, email }) => !used.has(addressKey(owner, email)),
    factorsOf: (row) => factors.take(listKeys(row)),
    unusedFactors: factors.rest,
    hasIdentities: (row) => listKeys(row).some((key) => owners.has(key)),
    hasIdentityRows: owners.size() > 0,
    hasUnusedAddresses: () => used.size() < addresses.size(),
  };
}

/** Different spellings of an address are one. */
const addressKey = (key: string, email: string): string =>
  `${key} ${parseImportedEmail(email) ?? email.trim().toLowerCase()}`;
