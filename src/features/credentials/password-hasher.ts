import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, type Options, verify } from '@node-rs/argon2';
import type { Config } from '../../config.ts';
import { ARGON2_BOUNDS } from './foreign/argon2.ts';
import { readForeignHash } from './foreign/foreign-hash.ts';
import type { ForeignHash } from './foreign/hash-scheme.ts';
import { createHashQueue } from './hash-queue.ts';

/** Of libuv's four threads two stay free for DNS, files and signatures. */
const MOST_AT_ONCE = 2;

export type PasswordHasher = ReturnType<typeof createPasswordHasher>;

/**
 * Argon2id (RFC 9106) behind a bounded queue, and what other systems hashed before their accounts were imported.
 * Passwords come in canonical form.
 */
export function createPasswordHasher({
  argon2,
  hashQueueLimit,
}: Pick<Config['passwords'], 'argon2' | 'hashQueueLimit'>) {
  const queue = createHashQueue({
    running: Math.min(availableParallelism(), MOST_AT_ONCE),
    waiting: hashQueueLimit,
  });
  const parameters: Options = {
    algorithm: 2, // Argon2id; the library's enum is ambient and cannot be imported under verbatimModuleSyntax
    memoryCost: argon2.memoryKib,
    timeCost: argon2.passes,
    parallelism: argon2.lanes,
  };
  const wanted = `$argon2id$v=19$m=${argon2.memoryKib},t=${argon2.passes},p=${argon2.lanes}$`;
  // Whoever pays for the wanted parameters can pay for those of yesterday, which were smaller.
  const bounds = {
    memory: Math.max(ARGON2_BOUNDS.memory, argon2.memoryKib),
    work: Math.max(ARGON2_BOUNDS.work, argon2.memoryKib * argon2.passes),
  };
  // What an unknown account is verified against, so that it costs what a known one costs.
  const nobody = hash(randomBytes(32), parameters);

  return {
    /** Runs an operation that hashes for an unauthenticated caller; RateLimited at once when too many do. */
    admit: queue.admit,

    /** A PHC string. */
    hash: (password: string): Promise<string> => queue.run(() => hash(password, parameters)),

    /** Whether it is the password of the hash. Without a hash, or with one that costs too much: our own work, and false. */
    async verify(stored: string | undefined, password: string): Promise<boolean> {
      if (stored?.startsWith(wanted)) return queue.run(() => verify(stored, password));
      const foreign = stored === undefined ? undefined : readForeignHash(stored, bounds);
      if (typeof foreign === 'object') return queue.run(() => verifyForeign(foreign, password));
      return queue.run(async () => (await verify(await nobody, password)) && false);
    },

    /**
     * Whether the password that was verified is to be hashed anew: the hash was made elsewhere, or with other parameters
     * than are wanted now. Not a password that the hash read the beginning of: its end may have been mistyped, and would
     * be the right one from then on.
     */
    isOutdated(stored: string, password: string): boolean {
      if (stored.startsWith(wanted)) return false;
      const foreign = readForeignHash(stored, bounds);
      const reads = typeof foreign === 'object' ? foreign.reads : undefined;
      return reads === undefined || Buffer.byteLength(password) <= reads;
    },
  };
}

/** Other systems took passwords as they were typed: composed on most keyboards, decomposed on some. */
async function verifyForeign(foreign: ForeignHash, canonical: string): Promise<boolean> {
  const decomposed = canonical.normalize('NFD');
  return (await foreign.verify(canonical)) || (decomposed !== canonical && (await foreign.verify(decomposed)));
}
