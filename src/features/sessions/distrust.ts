import { customerRange } from '../../core/networks.ts';
import type { Client } from '../../core/request.ts';
import type { SessionEnd } from '../../infra/db/tables.ts';

/** The networks and devices of the sessions are no longer known to the account. docs/decisions/0014 explains it. */
export interface Distrust {
  /** A network that stays known, because the owner acted there. In CIDR notation, or one address. */
  keptNetwork: string | undefined;
}

/** Reasons that give no cause for distrust. With any other one, an attacker may have used the account. */
const USUAL: readonly SessionEnd[] = ['logout', 'session-limit', 'deleted'];

/**
 * Whether sessions that end for this reason are still trusted. Undefined: they are, and stay known.
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
