import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../infra/db/client.ts';
import type { Transact } from '../../infra/db/transact.ts';
import { type ExternalIdentity, identityKey } from './external-identity.ts';
import { findIdentityOwners, type IdentityRow, insertIdentities, lockUntouched } from './import.repo.ts';
import type { RowPosition } from './rows.ts';

export interface IdentityLink {
  position: RowPosition;
  userId: string;
  identity: ExternalIdentity;
  /** If false, only looks up the identity's account. */
  mayCreate: boolean;
}

/** `taken`: another account has it. `absent`: no account has it, and it was not to be created. */
export type LinkOutcome = 'created' | 'present' | 'taken' | 'absent';

/**
 * Adds identities at providers to accounts that were neither changed nor used since the import started. Returns the
 * outcome of each. @param dryRun writes nothing
 */
export type LinkIdentities = (
  links: readonly IdentityLink[],
  startedAt: Date,
  dryRun: boolean,
) => Promise<(IdentityLink & { outcome: LinkOutcome })[]>;

interface Dependencies {
  db: Db;
  transact: Transact;
  clock: Clock;
}

export function createIdentityLinker({ db, transact, clock }: Dependencies): LinkIdentities {
  /**
   * Between the accounts and the identities of a large file lie minutes, in which the owner of an address may have
   * claimed an account. Its state is checked under its lock.
   */
  async function insert(rows: readonly IdentityRow[], startedAt: Date) {
    if (rows.length === 0) return { untouched: new Set<string>(), created: new Set<string>() };
    return transact(async (tx) => {
      const untouched = await lockUntouched(tx, [...new Set(rows.map(({ userId }) => userId))], startedAt);
      const allowed = rows.filter(({ userId }) => untouched.has(userId));
      return { untouched, created: allowed.length === 0 ? new Set<string>() : await insertIdentities(tx, allowed) };
    });
  }

  return async (links, startedAt, dryRun) => {
    const now = clock.now();
    const rows = links.map(({ userId, identity }) => ({ ...identity, id: newId(now), userId, createdAt: now }));
    const wanted = rows.filter((_, index) => links[index]?.mayCreate);
    const { untouched, created } = dryRun
      ? { untouched: undefined, created: new Set<string>() }
      : await insert(wanted, startedAt);
    const found = await findIdentityOwners(db, rows);
    const owners = new Map(found.map((identity) => [identityKey(identity), identity.userId]));

    return links.map((link, index) => {
      const mayCreate = link.mayCreate && (untouched?.has(link.userId) ?? true);
      const owner = owners.get(identityKey(link.identity));
      const isNew = created.has(rows[index]?.id ?? '') || (dryRun && mayCreate && !owner);
      if (isNew) return { ...link, outcome: 'created' };
      if (!owner && !mayCreate) return { ...link, outcome: 'absent' };
      return { ...link, outcome: owner === link.userId ? 'present' : 'taken' };
    });
  };
}
