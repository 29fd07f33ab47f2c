import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../infra/db/client.ts';
import type { AccountDraft, Trouble } from './account-draft.ts';
import { type ExternalIdentity, keyOf } from './external-identity.ts';
import {
  deleteUsers,
  type Holder,
  holdersOf,
  insertIdentities,
  insertPasswords,
  insertUsers,
  ownersOfIdentities,
  type UserRow,
} from './import.repo.ts';
import { isOutage } from './outage-retry.ts';
import type { Place } from './rows.ts';

export type Batch = { place: Place; draft: AccountDraft }[];

/** What has become of a row. */
export type Outcome = Present | Trouble;

interface Present {
  id: string;
  isNew: boolean;
  identities: number;
  /** Whether the file made the account and nobody has used it since: then what else the file has of it goes to it. */
  isUntouched: boolean;
}

export interface Link {
  place: Place;
  userId: string;
  identity: ExternalIdentity;
  /** Otherwise it is only looked at who has the identity. */
  isWanted: boolean;
}

/** 'absent': it was not wanted, and nobody has it. */
export type LinkOutcome = 'created' | 'present' | 'taken' | 'absent';

export type BatchWriter = ReturnType<typeof createBatchWriter>;

/** Writes accounts a batch at a time: each whole, with its password and its identities, or not at all. */
export function createBatchWriter({ db, clock }: { db: Db; clock: Clock }) {
  async function write(batch: Batch, dryRun: boolean): Promise<(Batch[number] & { outcome: Outcome })[]> {
    const now = clock.now();
    const rows = batch.map(({ draft }) => userRowOf(draft, now));
    const created = dryRun ? new Map<string, number>() : await insert(batch, rows, now);
    const others = rows.filter(({ id }) => !created.has(id));
    const holders = others.length === 0 ? [] : await holdersOf(db, keysOf(others));
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

  /** How many identities each account got that is new. */
  const insert = (batch: Batch, rows: UserRow[], now: Date): Promise<Map<string, number>> =>
    db.transaction(async (tx) => {
      const created = await insertUsers(tx, rows);
      const mine = batch.flatMap(({ draft }, index) => {
        const userId = rows[index]?.id ?? '';
        return created.has(userId) ? [{ userId, draft }] : [];
      });
      const hashes = mine.flatMap(({ userId, draft: { passwordHash: hash } }) =>
        hash === null ? [] : [{ userId, hash, updatedAt: now }],
      );
      if (hashes.length > 0) await insertPasswords(tx, hashes);
      const identities = mine.flatMap(({ userId, draft }) =>
        draft.identities.map((identity) => ({ ...identity, id: newId(now), userId, createdAt: now })),
      );
      const linked = identities.length > 0 ? await insertIdentities(tx, identities) : new Set<string>();
      const counted = new Map([...created].map((id) => [id, 0]));
      for (const { id, userId } of identities) if (linked.has(id)) counted.set(userId, (counted.get(userId) ?? 0) + 1);
      // All that they had was another account's.
      const closed = mine.flatMap(({ userId, draft }) =>
        isElsewhereOnly(draft) && counted.get(userId) === 0 ? [userId] : [],
      );
      if (closed.length > 0) await deleteUsers(tx, closed);
      for (const userId of closed) counted.delete(userId);
      return counted;
    });

  /** One by one when the database does not take the batch, so that one row is refused and not five hundred. */
  async function writeAll(batch: Batch, dryRun: boolean): Promise<(Batch[number] & { outcome: Outcome })[]> {
    try {
      return await write(batch, dryRun);
    } catch (error) {
      if (isOutage(error)) throw error;
      const [only, ...more] = batch;
      if (!only) return [];
      if (more.length === 0)
        return [{ ...only, outcome: { field: undefined, reason: 'the database does not take it' } }];
      const half = Math.ceil(batch.length / 2);
      return [...(await writeAll(batch.slice(0, half), dryRun)), ...(await writeAll(batch.slice(half), dryRun))];
    }
  }

  return {
    write: writeAll,

    /** Gives accounts their identities at other providers. */
    async link(links: Link[], dryRun: boolean): Promise<(Link & { outcome: LinkOutcome })[]> {
      const now = clock.now();
      const rows = links.map(({ userId, identity }) => ({ ...identity, id: newId(now), userId, createdAt: now }));
      const wanted = rows.filter((_, index) => links[index]?.isWanted);
      const created = dryRun || wanted.length === 0 ? new Set<string>() : await insertIdentities(db, wanted);
      const owners = new Map(
        (await ownersOfIdentities(db, rows)).map((identity) => [keyOf(identity), identity.userId]),
      );
      return links.map((link, index) => {
        const owner = owners.get(keyOf(link.identity));
        if (created.has(rows[index]?.id ?? '') || (dryRun && link.isWanted && !owner))
          return { ...link, outcome: 'created' };
        if (!owner && !link.isWanted) return { ...link, outcome: 'absent' };
        return { ...link, outcome: owner === link.userId ? 'present' : 'taken' };
      });
    },
  };
}

function userRowOf(draft: AccountDraft, now: Date): UserRow {
  const { id, emailVerified, phoneVerified, passwordHash: _, identities: __, ...columns } = draft;
  const createdAt = draft.createdAt ?? now;
  // When they were proved nobody knows. Their owner was last there at the last sign-in.
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

const keysOf = (rows: readonly UserRow[]) => ({
  emails: rows.flatMap(({ email }) => email ?? []),
  phones: rows.flatMap(({ phone, phoneVerifiedAt }) => (phone && phoneVerifiedAt ? phone : [])),
  ids: rows.map(({ id }) => id),
});

/** Whether other sites are the one way into it. */
const isElsewhereOnly = ({ email, phoneVerified }: AccountDraft): boolean => email === null && !phoneVerified;

/** Why a draft did not become a new account. */
function explain(draft: AccountDraft, row: UserRow, holders: readonly Holder[], dryRun: boolean): Outcome {
  const byEmail = holders.find(({ email }) => email !== null && email === row.email);
  const byPhone = row.phoneVerifiedAt ? holders.find(({ phone }) => phone !== null && phone === row.phone) : undefined;
  const byId = holders.find(({ id }) => id === row.id);
  const byName = row.email === null ? byPhone : byEmail;
  const same = isElsewhereOnly(draft) ? byId : byName;
  if (same && (draft.id === undefined || same.id === draft.id))
    return { id: same.id, isNew: false, identities: 0, isUntouched: isUntouched(draft, same) };
  if (same) return { field: 'id', reason: 'the account with this address or number has another id' };
  if (byPhone) return { field: 'phone', reason: 'another account has this number' };
  if (byId) return { field: 'id', reason: 'another account has this id' };
  if (!dryRun && isElsewhereOnly(draft)) return { field: 'identities', reason: 'another account has this identity' };
  if (dryRun) return { id: row.id, isNew: true, identities: draft.identities.length, isUntouched: true };
  return { field: undefined, reason: 'it was changed by somebody else at this moment: run the import again' };
}

/**
 * Whether the account is what an earlier run has made of this very row. The same address alone does not say so: the
 * row's may be unproved and its account a stranger's (docs/decisions/0009). And whoever has signed in since may have
 * taken away what the file would bring again.
 */
function isUntouched(draft: AccountDraft, found: Holder): boolean {
  const isSame =
    draft.id === found.id ||
    draft.createdAt?.getTime() === found.createdAt.getTime() ||
    (draft.passwordHash !== null && draft.passwordHash === found.hash);
  const isUsed = draft.lastLoginAt?.getTime() !== found.lastLoginAt?.getTime();
  return isSame && !isUsed && draft.emailVerified === found.isEmailVerified;
}
