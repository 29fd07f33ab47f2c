import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, type Options, verify } from '@node-rs/argon2';
import type { Config } from '../../config.ts';
import { createHashQueue, QUEUE_FULL } from './hash-queue.ts';

/** Of libuv's four threads two stay free for DNS, files and signatures. */
const MOST_AT_ONCE = 2;

export type PasswordHasher = ReturnType<typeof createPasswordHasher>;

/** Argon2id (RFC 9106) behind a bounded queue. Passwords come in canonical form. */
export function createPasswordHasher({ argon2, hashQueueLimit }: Config['passwords']) {
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
  // What an unknown account is verified against, so that it costs what a known one costs.
  const nobody = hash(randomBytes(32), parameters);

  return {
    /** A PHC string, or QUEUE_FULL. */
    hash: (password: string): Promise<string | typeof QUEUE_FULL> => queue(() => hash(password, parameters)),

    /** Whether it is the password of the hash. Without a hash: the same work, and false. */
    async verify(stored: string | undefined, password: string): Promise<boolean | typeof QUEUE_FULL> {
      const right = await queue(async () => verify(stored ?? (await nobody), password));
      return right === QUEUE_FULL ? QUEUE_FULL : right && stored !== undefined;
    },

    /** Whether a hash was made with other parameters than are wanted now. */
    isOutdated: (stored: string): boolean => !stored.startsWith(wanted),
  };
}
