import { createHmac } from 'node:crypto';
import { derivedId } from '../../core/ids.ts';
import { widestNetwork } from '../../core/networks.ts';
import type { Keyring } from '../../core/secrets.ts';
import { type AuditEvent, actorOf, REFUSAL_WINDOW } from './audit.ts';

/** Details that belong to the kind. Others, such as the id of a challenge, can be any number of values. */
const KIND_DETAILS = ['operation', 'provider', 'reason', 'country', 'range'];

export const windowStart = (now: Date): Date => new Date(now.getTime() - (now.getTime() % REFUSAL_WINDOW));

/**
 * The id of the row that counts refusals of this kind in this window: the same on every replica. It is keyed, so that
 * the address cannot be recovered from it once it has been removed from the row.
 */
export function refusalId(keyring: Keyring, event: AuditEvent, now: Date): string {
  const { type, outcome, method, userId, client, detail = {} } = event;
  const start = windowStart(now);
  const details = KIND_DETAILS.map((name) => detail[name]);
  const network = client && widestNetwork(client.ip);
  const actorId = actorOf(event);
  const actor = actorId === undefined ? [] : [actorId];
  const kind = JSON.stringify([type, outcome, method, userId, network, details, start.getTime(), ...actor]);
  return derivedId(start, createHmac('sha256', keyring.derive('audit-id')[0]).update(kind).digest());
}
