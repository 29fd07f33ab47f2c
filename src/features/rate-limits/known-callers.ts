import type { Clock } from '../../core/clock.ts';
import { customerRange } from '../../core/networks.ts';
import type { Client } from '../../core/request.ts';
import type { Db } from '../../infra/db/client.ts';
import { isKnownCaller } from './known-caller.repo.ts';

/**
 * Whether the account of an address, number or ID knows the caller (docs/decisions/0014): the request carries a live
 * session of the account, or comes from the network of a recent session that is still trusted. So an attacker elsewhere
 * cannot use up the owner's limit. One query, whether or not there is an account.
 */
export type KnowsCaller = (subject: string, client: Client) => Promise<boolean>;

export function createKnownCallers({ db, clock }: { db: Db; clock: Clock }): KnowsCaller {
  /** Simultaneous lookups of one caller share a query, so that a flood at a locked account holds one connection. */
  const running = new Map<string, Promise<boolean>>();

  return async (subject, client) => {
    const caller = { subject, userId: await client.sessionUser?.(), range: customerRange(client.ip) };
    const key = JSON.stringify(caller);
    const lookup = running.get(key) ?? isKnownCaller(db, caller, clock.now()).finally(() => running.delete(key));
    running.set(key, lookup);
    return lookup;
  };
}
