import { SLOTS, slotOf } from './redis-slots.ts';

/** The commands of the service, with its keys and channel. An ACL that allows RIGHTS is sufficient. */
export interface RedisCommands {
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  del(key: string): Promise<number>;
  publish(channel: string, message: string): Promise<unknown>;
}

export const RIGHTS = '~latchkey:* &latchkey:* +eval +get +set +incrby +pttl +del +publish +subscribe +ping';
/** In a cluster, also this. */
export const CLUSTER_RIGHTS = '+cluster|slots';

export const LIMIT_PREFIX = 'latchkey:budget';
export const REVOKED_CHANNEL = 'latchkey:revoked';

/**
 * The script of rate-limiter-flexible, except that a refund neither creates a counter nor takes one below zero: a refund
 * after the end of its window would otherwise add to the next window. Counting and expiry are one step, so every counter
 * expires.
 */
export const COUNT = `
local cost = tonumber(ARGV[1])
if cost <= 0 then
  local consumed = tonumber(redis.call('get', KEYS[1]) or '0')
  if consumed <= 0 then return {0, redis.call('pttl', KEYS[1])} end
  cost = math.max(cost, -consumed)
end
redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX')
return {redis.call('incrby', KEYS[1], cost), redis.call('pttl', KEYS[1])}
`;

/**
 * Runs every command as the service does. Rejects with the reply of a server that refuses one: a server that responds to
 * PING may be a replica, have a full memory or disk, or an ACL without these rights.
 */
export async function tryCommands(commands: RedisCommands, keys: readonly string[]): Promise<void> {
  const count = (key: string, cost: number) => commands.eval(COUNT, { keys: [key], arguments: [String(cost), '60'] });
  await Promise.all([
    ...keys.flatMap((key) => [count(key, 1), count(key, -1), commands.del(key)]),
    commands.publish(REVOKED_CHANNEL, NOTHING_REVOKED),
  ]);
}

/** An announcement that every replica ignores. */
export const NOTHING_REVOKED = '';

const CANDIDATES = 4_096;
const candidates = Array.from({ length: CANDIDATES }, (_, index) => `${LIMIT_PREFIX}:check:${index}`);
let slots: readonly number[] | undefined;

/**
 * Keys for `tryCommands`, one for each owner of slots. An owner of so few slots that no key is found for it has none.
 * @param ownerOf undefined for a slot without an owner
 */
export function checkKeys<Owner>(ownerOf: (slot: number) => Owner | undefined): string[] {
  slots ??= candidates.map(slotOf);
  const keys = new Map<Owner, string>();
  for (const [index, slot] of slots.entries()) {
    const owner = ownerOf(slot);
    if (owner !== undefined && !keys.has(owner)) keys.set(owner, candidates[index] ?? '');
  }
  return [...keys.values()];
}

/** Keys in different parts of the slots: a cluster node that is used like a single server refuses at least one. */
export const spreadKeys = (): string[] => checkKeys((slot) => Math.floor((slot * 3) / SLOTS));
