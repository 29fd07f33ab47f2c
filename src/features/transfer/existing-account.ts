import { type AccountDraft, hasOnlyIdentities } from './account-draft.ts';
import type { Holder, UserRow } from './import.repo.ts';
import { RowProblem } from './row-problem.ts';

/** The account of an imported row. */
export interface ImportedAccount {
  id: string;
  isNew: boolean;
  /** How many identities from the row were added to the account. */
  identities: number;
  /** Whether the file created the account and it has not been used since. Only then are its identities added. */
  isUntouched: boolean;
  /** Whether the row has second factors and the account, which existed already, has none. */
  lacksFactors?: boolean;
}

/**
 * Why a draft did not create an account: its account exists, or another account has a value that must be unique.
 * @param holders accounts with such a value
 * @param dryRun whether nothing was written: a draft without such accounts would create one
 */
export function explainExisting(
  draft: AccountDraft,
  row: UserRow,
  holders: readonly Holder[],
  dryRun: boolean,
): ImportedAccount | RowProblem {
  const byEmail = holders.find(({ email }) => email !== null && email === row.email);
  const byPhone = row.phoneVerifiedAt ? holders.find(({ phone }) => phone !== null && phone === row.phone) : undefined;
  const byId = holders.find(({ id }) => id === row.id);
  const byAddress = row.email === null ? byPhone : byEmail;
  const same = hasOnlyIdentities(draft) ? byId : byAddress;
  if (same && (draft.id === undefined || same.id === draft.id))
    return { id: same.id, isNew: false, identities: 0, isUntouched: isUntouched(draft, same) };
  if (same) return new RowProblem('id', 'the account with this address or number has another id');
  if (byPhone) return new RowProblem('phone', 'another account has this number');
  if (byId) return new RowProblem('id', 'another account has this id');
  if (!dryRun && hasOnlyIdentities(draft)) return new RowProblem('identities', 'another account has this identity');
  if (dryRun) return { id: row.id, isNew: true, identities: draft.identities.length, isUntouched: true };
  return new RowProblem(undefined, 'changed at the same moment: run the import again');
}

/**
 * Whether an earlier run created the account from this row and it has not been used since. The same address is not enough: an
 * unverified one may belong to another person (docs/decisions/0009). After use, the user may have unlinked an identity.
 */
function isUntouched(draft: AccountDraft, found: Holder): boolean {
  const isSame =
    draft.id === found.id ||
    draft.createdAt?.getTime() === found.createdAt.getTime() ||
    (draft.passwordHash !== null && draft.passwordHash === found.hash);
  const isUsed = draft.lastLoginAt?.getTime() !== found.lastLoginAt?.getTime();
  return isSame && !isUsed && draft.emailVerified === found.isEmailVerified;
}
