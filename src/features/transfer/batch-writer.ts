import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../infra/db/client.ts';
import type { AccountDraft, Trouble } from './account-draft.ts';
import { type ExternalIdentity, identityKey } from './external-identity.ts';
import {
  deleteUsers,
  findHolders,
  findIdentityOwners,
  type Holder,
  insertIdentities,
  insertPasswords,
  insertUsers,
  type UserRow,
} from './import.repo.ts';
import { isOutage } from './outage-retry.ts';
import type { Place } from './rows.ts';

export type Batch = { place: Place; draft: AccountDraft }[];

/** The result of a row. */
export type Outcome = Imported | Trouble;

interface Imported {
  id: string;
  isNew: boolean;
  identities: number;
  /** Whether the file created the account and it is unused since. Only then are its identities added. */
  isUntouched: boolean;
}

export interface Link {
  place: Place;
  userId: string;
  identity: ExternalIdentity;
  /** If false, only looks up the identity's account. */
  mayCreate: boolean;
}

/** 'absent': no account has it, and it was not to be created. */
export type LinkOutcome = 'created' | 'present' | 'taken' | 'absent';

export type BatchWriter = ReturnType<typeof createBatchWriter>;

/** Writes accounts in batches. Each account is written completely, with password and identities, or not at all. */
export function createBatchWriter({ db, clock }: { db: Db; clock: Clock }) {
  async function write(batch: Batch, dryRun: boolean): Promise<(Batch[number] & { outcome: Outcome })[]> {
    const now = clock.now();
    const rows = batch.map(({ draft }) => toUserRow(draft, now));
    const created = dryRun ? new Map<string, number>() : await insert(batch, rows, now);
    const others = rows.filter(({ id }) => !created.has(id));
    const holders = others.length === 0 ? [] : await findHolders(db, collectKeys(others));
    return batch.map((entry, index) => {
      const row = rows[index];
      if (!row) throw new Error('every draft has a row');
      const identities = created.get(row.id);
      const isNew = identities !== undefined;
      const outcome = isNew
        ? { id: row.id, isNew, identities, isUntouched: true }
        : explain(entry.draft, row, holders, dryRun);
      return { ...entry, outcome };
    });
  }

  /** The number of identities of each new account. */
  const insert = (batch: Batch, rows: UserRow[], now: Date): Promise<Map<string, number>> =>
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

  /** If the database rejects a batch, splits it until only the bad row is rejected. */
  async function writeOrSplit(batch: Batch, dryRun: boolean): Promise<(Batch[number] & { outcome: Outcome })[]> {
    try {
      return await write(batch, dryRun);
    } catch (error) {
      if (isOutage(error)) throw error;
      const [only, ...more] = batch;
      if (!only) return [];
      if (more.length === 0) return [{ ...only, outcome: { field: undefined, reason: 'the database rejected it' } }];
      const half = Math.ceil(batch.length / 2);
      return [
        ...(await writeOrSplit(batch.slice(0, half), dryRun)),
        ...(await writeOrSplit(batch.slice(half), dryRun)),
      ];
    }
  }

  return {
    write: writeOrSplit,

    /** Adds identities at providers to accounts. */
    async link(links: Link[], dryRun: boolean): Promise<(Link & { outcome: LinkOutcome })[]> {
      const now = clock.now();
      const rows = links.map(({ userId, identity }) => ({ ...identity, id: newId(now), userId, createdAt: now }));
      const wanted = rows.filter((_, index) => links[index]?.mayCreate);
      const created = dryRun || wanted.length === 0 ? new Set<string>() : await insertIdentities(db, wanted);
      const owners = new Map(
        (await findIdentityOwners(db, rows)).map((identity) => [identityKey(identity), identity.userId]),
      );
      return links.map((link, index) => {
        const owner = owners.get(identityKey(link.identity));
        if (created.has(rows[index]?.id ?? '') || (dryRun && link.mayCreate && !owner))
          return { ...link, outcome: 'created' };
        if (!owner && !link.mayCreate) return { ...link, outcome: 'absent' };
        return { ...link, outcome: owner === link.userId ? 'present' : 'taken' };
      });
    },
  };
}

function toUserRow(draft: AccountDraft, now: Date): UserRow {
  const { id, emailVerified, phoneVerified, passwordHash: _, identities: __, ...columns } = draft;
  const createdAt = draft.createdAt ?? now;
  // The time of verification is not known; the last sign-in is the latest known activity.
  const verifiedAt = draft.lastLoginAt ?? createdAt;
  return {
    ...columns,
    id: id ?? newId(createdAt),
    emailVerifiedAt: emailVerified ? verifiedAt : null,
    phoneVerifiedAt: phoneVerified ? verifiedAt : null,
    createdAt,
    updatedAt: now,
  };
}

const collectKeys = (rows: readonly UserRow[]) => ({
  emails: rows.flatMap(({ email }) => email ?? []),
  phones: rows.flatMap(({ phone, phoneVerifiedAt }) => (phone && phoneVerifiedAt ? phone : [])),
  ids: rows.map(({ id }) => id),
});

/** Whether identities are the only way to sign in. */
const hasOnlyIdentities = ({ email, phoneVerified }: AccountDraft): boolean => email === null && !phoneVerified;

/** Why a draft did not create an account. */
function explain(draft: AccountDraft, row: UserRow, holders: readonly Holder[], dryRun: boolean): Outcome {
  const byEmail = holders.find(({ email }) => email !== null && email === row.email);
  const byPhone = row.phoneVerifiedAt ? holders.find(({ phone }) => phone !== null && phone === row.phone) : undefined;
  const byId = holders.find(({ id }) => id === row.id);
  const byAddress = row.email === null ? byPhone : byEmail;
  const same = hasOnlyIdentities(draft) ? byId : byAddress;
  if (same && (draft.id === undefined || same.id === draft.id))
    return { id: same.id, isNew: false, identities: 0, isUntouched: isUntouched(draft, same) };
  if (same) return { field: 'id', reason: 'the account with this address or number has another id' };
  if (byPhone) return { field: 'phone', reason: 'another account has this number' };
  if (byId) return { field: 'id', reason: 'another account has this id' };
  if (!dryRun && hasOnlyIdentities(draft)) return { field: 'identities', reason: 'another account has this identity' };
  if (dryRun) return { id: row.id, isNew: true, identities: draft.identities.length, isUntouched: true };
  return { field: undefined, reason: 'changed at the same moment: run the import again' };
}

/**
 * Whether an earlier run created the account from this row and it is unused since. The same address is not enough: an
 * unverified one may belong to another person (docs/decisions/0009). And a user may have unlinked an identity.
 */
function isUntouched(draft: AccountDraft, found: Holder): boolean {
  const isSame =
    draft.id === found.id ||
    draft.createdAt?.getTime() === found.createdAt.getTime() ||
    (draft.passwordHash !== null && draft.passwordHash === found.hash);
  const isUsed = draft.lastLoginAt?.getTime() !== found.lastLoginAt?.getTime();
  return isSame && !isUsed && draft.emailVerified === found.isEmailVerified;
}
