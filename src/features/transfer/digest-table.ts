import { createHash, randomBytes } from 'node:crypto';

/** Bytes of a digest that are kept: two of a million texts share them once in ten million runs. */
const KEPT = 8;
const FIRST_SLOTS = 2 ** 12;

export type DigestTable = ReturnType<typeof createDigestTable>;

/**
 * Which texts there have been, each with a number from 0 in the order they came. It keeps some twenty bytes a text,
 * however long they are, where a Set of a million addresses takes a hundred megabytes. The digests are keyed anew each
 * time, so that nobody can write a file in which two texts are taken for one.
 */
export function createDigestTable(key: Buffer = randomBytes(16)) {
  let digests = Buffer.alloc(FIRST_SLOTS * KEPT);
  /** Number + 1 of the text that has its place here; 0: nobody's. */
  let slots = new Uint32Array(2 * FIRST_SLOTS);
  let size = 0;

  const digestOf = (text: string): Buffer => createHash('sha256').update(key).update(text).digest();

  /** The slot of the digest, or the free one where it belongs. */
  function find(digest: Buffer): number {
    for (let slot = digest.readUInt32LE(0) % slots.length; ; slot = (slot + 1) % slots.length) {
      const number = slots[slot] ?? 0;
      const at = (number - 1) * KEPT;
      if (number === 0 || digests.compare(digest, 0, KEPT, at, at + KEPT) === 0) return slot;
    }
  }

  function grow(): void {
    digests = Buffer.concat([digests, Buffer.alloc(digests.length)]);
    slots = new Uint32Array(2 * slots.length);
    for (let number = 0; number < size; number++)
      slots[find(digests.subarray(number * KEPT, (number + 1) * KEPT))] = number + 1;
  }

  return {
    /** Whether it is new. */
    add(text: string): boolean {
      if ((size + 1) * KEPT > digests.length) grow();
      const digest = digestOf(text);
      const slot = find(digest);
      if (slots[slot] !== 0) return false;
      digest.copy(digests, size * KEPT, 0, KEPT);
      size += 1;
      slots[slot] = size;
      return true;
    },

    /** Undefined: it was never added. */
    numberOf(text: string): number | undefined {
      const number = slots[find(digestOf(text))] ?? 0;
      return number === 0 ? undefined : number - 1;
    },

    has: (text: string): boolean => slots[find(digestOf(text))] !== 0,
    size: () => size,
  };
}
