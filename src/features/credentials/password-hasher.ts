import { randomBytes } from 'node:crypto';
import { hash, type Options, verify } from '@node-rs/argon2';
import type { Config } from '../../config.ts';
import type { Log } from '../../core/log.ts';
import { widestNetwork } from '../../core/networks.ts';
import { isProblem } from '../../core/problems.ts';
import { ARGON2_BOUNDS } from './foreign/argon2.ts';
import { readForeignHash } from './foreign/foreign-hash.ts';
import type { ForeignHash } from './foreign/hash-scheme.ts';
import type { DrawDecoy } from './hash-mix.ts';
import { createHashQueue, type HashQueue } from './hash-queue.ts';
import type { HashScheduler } from './hash-scheduler.ts';
import { type HashQueueObserver, observeHashQueue } from './observed-hash-queue.ts';

/**
 * Hashes passwords with Argon2id (RFC 9106), and also verifies imported hashes of other systems. Limits how many hashes
 * run and wait. Passwords must be in canonical form.
 */
export interface PasswordHasher {
  /**
   * Runs an operation that hashes; RateLimited at once if too many are in progress.
   * @param ip of the caller
   */
  admit: HashQueue['admit'];
  /** The same for a caller with limits, which are counted first. */
  admitWithin: HashQueue['admitWithin'];
  /** A PHC string. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password is correct. If there is no stored hash, or none that can be verified, returns false after the
   * time of a hash of a kind that is stored, so that the response time does not reveal whether an account exists. A
   * stored hash that cannot be verified is logged.
   * @param subject the address, number or ID that the caller named: it decides which kind
   */
  verify(stored: string | undefined, password: string, subject: string): Promise<boolean>;
  /**
   * Whether the password that was just verified should be hashed again, because the hash is from another system or has
   * other parameters. False if the hash ignores the end of this password, because the rest may be mistyped.
   */
  isOutdated(stored: string, password: string): boolean;
}

type Check = (password: string) => Promise<boolean>;

const UNVERIFIABLE = 'a stored password hash cannot be verified: its owner has to reset the password';

interface Dependencies extends Pick<Config['passwords'], 'argon2'> {
  scheduler: HashScheduler;
  drawDecoy: DrawDecoy;
  log: Log;
  /** Undefined: nothing is measured. */
  queueObserver?: HashQueueObserver | undefined;
}

export function createPasswordHasher(dependencies: Dependencies): PasswordHasher {
  const { argon2, scheduler, drawDecoy, log, queueObserver } = dependencies;
  const plainQueue = createHashQueue(scheduler);
  const queue = queueObserver ? observeHashQueue(plainQueue, queueObserver) : plainQueue;
  const parameters: Options = {
    algorithm: 2, // Argon2id; the library's enum is ambient and cannot be imported under verbatimModuleSyntax
    memoryCost: argon2.memoryKib,
    timeCost: argon2.passes,
    parallelism: argon2.lanes,
  };
  const ownPrefix = `$argon2id$v=19$m=${argon2.memoryKib},t=${argon2.passes},p=${argon2.lanes}$`;
  // Other systems pad the rest, which the library does not read.
  const isOwn = (stored: string) => stored.startsWith(ownPrefix) && !stored.includes('=', ownPrefix.length);
  // Hashes with the current parameters are never too costly.
  const bounds = {
    memory: Math.max(ARGON2_BOUNDS.memory, argon2.memoryKib),
    work: Math.max(ARGON2_BOUNDS.work, argon2.memoryKib * argon2.passes),
  };
  const unknown = hash(randomBytes(32), parameters);
  const ownDecoy: Check = async (password) => verify(await unknown, password);

  /** Undefined if there is no hash, or none that we verify. */
  function toCheck(stored: string | undefined): Check | undefined {
    if (stored === undefined) return undefined;
    if (isOwn(stored)) return (password) => verify(stored, password);
    const foreign = readForeignHash(stored, bounds);
    if (!isProblem(foreign)) return (password) => verifyForeign(foreign, password);
    log.warn({ reason: foreign.reason, kind: foreign.kind }, UNVERIFIABLE);
    return undefined;
  }

  /** A hash in a form that the library rejects is a wrong password, not a failure of the request. */
  async function checkOrDecoy(check: Check, decoy: Check, password: string): Promise<boolean> {
    try {
      return await check(password);
    } catch (err) {
      log.warn({ err }, UNVERIFIABLE);
      await decoy(password).catch(() => ownDecoy(password));
      return false;
    }
  }

  return {
    admit: (ip, operation) => queue.admit(widestNetwork(ip), operation),
    admitWithin: (ip, limits, operation) => queue.admitWithin(widestNetwork(ip), limits, operation),
    hash: (password) => queue.run(() => hash(password, parameters)),

    async verify(stored, password, subject) {
      const check = toCheck(stored);
      // Drawn in any case, so that both cases do the same.
      const decoy = toCheck(await drawDecoy(subject)) ?? ownDecoy;
      const right = await queue.run(() => checkOrDecoy(check ?? decoy, decoy, password));
      return right && check !== undefined;
    },

    isOutdated(stored, password) {
      if (isOwn(stored)) return false;
      const foreign = readForeignHash(stored, bounds);
      const reads = isProblem(foreign) ? undefined : foreign.reads;
      return reads === undefined || Buffer.byteLength(password) <= reads;
    },
  };
}

/** Other systems hashed passwords as typed: in NFC from most keyboards, in NFD from some. */
async function verifyForeign(foreign: ForeignHash, canonical: string): Promise<boolean> {
  const decomposed = canonical.normalize('NFD');
  return (await foreign.verify(canonical)) || (decomposed !== canonical && (await foreign.verify(decomposed)));
}
