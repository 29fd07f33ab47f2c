import type { Clock } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import type { Db } from '../../infra/db/client.ts';
import { type ExternalIdentity, identityKey } from './external-identity.ts';
import { findIdentityOwners, insertIdentities } from './import.repo.ts';
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

/** Adds identities at providers to accounts. Returns the outcome of each. @param dryRun writes nothing */
export type LinkIdentities = (
  links: readonly IdentityLink[],
  dryRun: boolean,
) => Promise<(IdentityLink & { outcome: LinkOutcome })[]>;

export function createIdentityLinker({ db, clock }: { db: Db; clock: Clock }): LinkIdentities {
  return async (links, dryRun) => {
    const now = clock.now();
    const rows = links.map(({ userId, identity }) => ({ ...identity, id: newId(now), userId, createdAt: now }));
    const wanted = rows.filter((_, index) => links[index]?.mayCreate);
    const created = dryRun || wanted.length === 0 ? new Set<string>() : await insertIdentities(db, wanted);
    const found = await findIdentityOwners(db, rows);
    const owners = new Map(found.map((identity) => [identityKey(identity), identity.userId]));

    return links.map((link, index) => {
      const owner = owners.get(identityKey(link.identity));
      const isNew = created.has(rows[index]?.id ?? '') || (dryRun && link.mayCreate && !owner);
      if (isNew) return { ...link, outcome: 'created' };
      if (!owner && !link.mayCreate) return { ...link, outcome: 'absent' };
      return { ...link, outcome: owner === link.userId ? 'present' : 'taken' };
    });
  };
}
