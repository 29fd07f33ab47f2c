import { createHash, randomBytes } from 'node:crypto';

/** Bytes kept of a digest. With a million texts, the chance of a collision is below one in ten million. */
const DIGEST_BYTES = 8;
const INITIAL_CAPACITY = 2 ** 12;

/**
 * A set of texts that numbers them from 0. It takes about twenty bytes per text; a Set of a million addresses takes a
 * hundred megabytes.
 */
export interface DigestTable {
  /** False if it was added before. */
  add(text: string): boolean;
  /** Undefined if it was not added. */
  findNumber(text: string): number | undefined;
  has(text: string): boolean;
  size(): number;
}

/** @param key of the digests, random so that an attacker cannot construct collisions */
export function createDigestTable(key: Buffer = randomBytes(16)): DigestTable {
  let digests = Buffer.alloc(INITIAL_CAPACITY * DIGEST_BYTES);
  /** The number of the text in each slot, plus 1; 0 if the slot is free. */
  let slots = new Uint32Array(2 * INITIAL_CAPACITY);
  let size = 0;

  const computeDigest = (text: string): Buffer => createHash('sha256').update(key).update(text).digest();

  /** The slot of the digest, or the free slot for it. */
  function find(digest: Buffer): number {
    for (let slot = digest.readUInt32LE(0) % slots.length; ; slot = (slot + 1) % slots.length) {
      const number = slots[slot] ?? 0;
      const at = (number - 1) * DIGEST_BYTES;
      if (number === 0 || digests.compare(digest, 0, DIGEST_BYTES, at, at + DIGEST_BYTES) === 0) return slot;
    }
  }

  function grow(): void {
    digests = Buffer.concat([digests, Buffer.alloc(digests.length)]);
    slots = new Uint32Array(2 * slots.length);
    for (let number = 0; number < size; number++)
      slots[find(digests.subarray(number * DIGEST_BYTES, (number + 1) * DIGEST_BYTES))] = number + 1;
  }

  return {
    add(text) {
      if ((size + 1) * DIGEST_BYTES > digests.length) grow();
      const digest = computeDigest(text);
      const slot = find(digest);
      if (slots[slot] !== 0) return false;
      digest.copy(digests, size * DIGEST_BYTES, 0, DIGEST_BYTES);
      size += 1;
      slots[slot] = size;
      return true;
    },

    findNumber(text) {
      const number = slots[find(computeDigest(text))] ?? 0;
      return number === 0 ? undefined : number - 1;
    },

    has: (text) => slots[find(computeDigest(text))] !== 0,
    size: () => size,
  };
}
