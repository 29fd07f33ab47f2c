import { newId } from '../../core/ids.ts';
import { isProblem } from '../../core/problems.ts';
import type { Db } from '../../infra/db/client.ts';
import { changedMetadata, NO_METADATA, type UserMetadata } from '../accounts/metadata.ts';
import { type AccountDraft, hasOnlyIdentities } from './account-draft.ts';
import { explainExisting, type ImportedAccount } from './existing-account.ts';
import {
  deleteUsers,
  findFactorOwners,
  findHolders,
  insertFactors,
  insertIdentities,
  insertMetadata,
  insertPasswords,
  insertUsers,
  type MetadataRow,
  type UserRow,
} from './import.repo.ts';
import { isOutage } from './outage-retry.ts';
import { RowProblem } from './row-problem.ts';
import type { RowPosition } from './rows.ts';
import { hasFactors } from './second-factors/second-factors.ts';
import type { StoreFactors } from './second-factors/stored-factors.ts';

export interface AccountEntry {
  position: RowPosition;
  draft: AccountDraft;
  /** The keys by which rows with its identities refer to it. */
  owned: readonly string[];
}

export type WrittenEntry = AccountEntry & { outcome: ImportedAccount | RowProblem };

/**
 * Writes accounts in a batch. Each account is written completely, with password and identities, or not at all. Returns
 * the outcome of each.
 * @param now when the import started: a later change of an account is then told apart
 * @param dryRun writes nothing
 */
export type WriteAccounts = (batch: readonly AccountEntry[], now: Date, dryRun: boolean) => Promise<WrittenEntry[]>;

export function createAccountWriter({ db, storeFactors }: { db: Db; storeFactors: StoreFactors }): WriteAccounts {
  /** Returns the number of identities of each new account. */
  const insert = (batch: readonly AccountEntry[], rows: UserRow[], now: Date): Promise<Map<string, number>> =>
    db.transaction(async (tx) => {
      const created = await insertUsers(tx, rows);
      const newAccounts = batch.flatMap(({ draft }, index) => {
        const userId = rows[index]?.id ?? '';
        return created.has(userId) ? [{ userId, draft }] : [];
      });
      const hashes = newAccounts.flatMap(({ userId, draft: { passwordHash: hash } }) =>
        hash === null ? [] : [{ userId, hash, updatedAt: now }],
      );
      if (hashes.length > 0) await insertPasswords(tx, hashes);
      const described = newAccounts.flatMap(({ userId, draft: { metadata } }) =>
        changedMetadata(NO_METADATA, metadata).length > 0 ? [toMetadataRow(userId, metadata, now)] : [],
      );
      if (described.length > 0) await insertMetadata(tx, described);
      const owned = newAccounts.flatMap(({ userId, draft: { factors, createdAt } }) =>
        hasFactors(factors) ? [{ userId, factors, createdAt: createdAt ?? now }] : [],
      );
      if (owned.length > 0) await insertFactors(tx, await storeFactors(owned));
      const identities = newAccounts.flatMap(({ userId, draft }) =>
        draft.identities.map((identity) => ({ ...identity, id: newId(now), userId, createdAt: now })),
      );
      const linked = identities.length > 0 ? await insertIdentities(tx, identities) : new Set<string>();
      const counted = new Map([...created].map((id) => [id, 0]));
      for (const { id, userId } of identities) if (linked.has(id)) counted.set(userId, (counted.get(userId) ?? 0) + 1);
      // Their only identities belong to other accounts.
      const unreachable = newAccounts.flatMap(({ userId, draft }) =>
        hasOnlyIdentities(draft) && counted.get(userId) === 0 ? [userId] : [],
      );
      if (unreachable.length > 0) await deleteUsers(tx, unreachable);
      for (const userId of unreachable) counted.delete(userId);
      return counted;
    });

  async function write(batch: readonly AccountEntry[], now: Date, dryRun: boolean): Promise<WrittenEntry[]> {
    const rows = batch.map(({ draft }) => toUserRow(draft, now));
    const created = dryRun ? new Map<string, number>() : await insert(batch, rows, now);
    const others = rows.filter(({ id }) => !created.has(id));
    const holders = others.length === 0 ? [] : await findHolders(db, collectKeys(others));
    const protectedIds = await findFactorOwners(
      db,
      holders.map(({ id }) => id),
    );
    return batch.map((entry, index) => {
      const row = rows[index];
      if (!row) throw new Error('every draft has a row');
      const identities = created.get(row.id);
      if (identities !== undefined)
        return { ...entry, outcome: { id: row.id, isNew: true, identities, isUntouched: true } };
      const outcome = explainExisting(entry.draft, row, holders, dryRun);
      if (isProblem(outcome) || outcome.isNew || !hasFactors(entry.draft.factors)) return { ...entry, outcome };
      return { ...entry, outcome: { ...outcome, lacksFactors: !protectedIds.has(outcome.id) } };
    });
  }

  /** If the database rejects a batch, splits it until only the bad row is rejected. */
  async function writeOrSplit(batch: readonly AccountEntry[], now: Date, dryRun: boolean): Promise<WrittenEntry[]> {
    try {
      return await write(batch, now, dryRun);
    } catch (error) {
      if (isOutage(error)) throw error;
      const [only, ...more] = batch;
      if (!only) return [];
      if (more.length === 0) return [{ ...only, outcome: new RowProblem(undefined, 'the database rejected it') }];
      const half = Math.ceil(batch.length / 2);
      return [
        ...(await writeOrSplit(batch.slice(0, half), now, dryRun)),
        ...(await writeOrSplit(batch.slice(half), now, dryRun)),
      ];
    }
  }

  return writeOrSplit;
}

function toUserRow(draft: AccountDraft, now: Date): UserRow {
  const {
    id,
    emailVerified,
    phoneVerified,
    passwordHash: _,
    identities: __,
    metadata: ___,
    factors,
    ...others
  } = draft;
  const { emailVerifiedSince, phoneVerifiedSince, ...columns } = others;
  const createdAt = draft.createdAt ?? now;
  // If the time of verification is not known, the last sign-in is the latest known activity.
  const verifiedAt = draft.lastLoginAt ?? createdAt;
  return {
    ...columns,
    id: id ?? newId(createdAt),
    emailVerifiedAt: emailVerified ? (emailVerifiedSince ?? verifiedAt) : null,
    phoneVerifiedAt: phoneVerified ? (phoneVerifiedSince ?? verifiedAt) : null,
    secondFactorRequired: factors.isRequired,
    createdAt,
    updatedAt: now,
  };
}

const toMetadataRow = (userId: string, { publicMetadata, privateMetadata }: UserMetadata, now: Date): MetadataRow => ({
  userId,
  public: publicMetadata,
  private: privateMetadata,
  updatedAt: now,
});

const collectKeys = (rows: readonly UserRow[]) => ({
  emails: rows.flatMap(({ email }) => email ?? []),
  phones: rows.flatMap(({ phone, phoneVerifiedAt }) => (phone && phoneVerifiedAt ? phone : [])),
  ids: rows.map(({ id }) => id),
});
