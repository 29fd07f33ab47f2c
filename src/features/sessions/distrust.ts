import { customerRange } from '../../core/networks.ts';
import type { Client } from '../../core/request.ts';
import type { SessionEnd } from '../../infra/db/tables.ts';

/** The networks and devices of the sessions are no longer known to the account. docs/decisions/0014 explains it. */
export interface Distrust {
  /** A network that stays known, because the owner acted there. In CIDR notation, or one address. */
  keptNetwork: string | undefined;
}

/** Whose end says nothing about the owner: others may have used the account, too. */
const USUAL: readonly SessionEnd[] = ['logout', 'session-limit', 'deleted'];

/**
 * What the end of sessions says about them. Undefined: nothing, so that they stay known.
 * @param client who ends them; undefined on the command line
 * @param isOwner false for an administrator, whose network is not the account's
 */
export function findDistrust(
  reason: SessionEnd,
  { client, isOwner }: { client: Client | undefined; isOwner: boolean },
): Distrust | undefined {
  if (USUAL.includes(reason)) return undefined;
  // The caller who reuses a token may be the thief.
  const isKept = isOwner && reason !== 'reused' && client !== undefined;
  return { keptNetwork: isKept ? customerRange(client.ip) : undefined };
}
