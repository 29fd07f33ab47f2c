import type { ScryptOptions } from 'node:crypto';
import { HashRefusal } from './hash-scheme.ts';

/** OWASP's strongest recommendation, N = 2^17 with r = 8: 128 MiB, a third of a second. */
const MAX_MEMORY = 128 * 1024 * 1024;
const MAX_BLOCKS = 2 ** 20;

/** RFC 7914 section 6: N blocks of 128 r bytes, p times. */
export function scryptCost(N: number, r: number, p: number): ScryptOptions | HashRefusal {
  const isPowerOfTwo = N > 1 && Number.isInteger(Math.log2(N));
  if (!isPowerOfTwo || r < 1 || p < 1) return new HashRefusal('malformed');
  if (128 * N * r > MAX_MEMORY || N * r * p > MAX_BLOCKS) return new HashRefusal('too-costly');
  // Node also counts the memory of the lanes and of one more block, and by default refuses more than 32 MiB.
  return { N, r, p, maxmem: 128 * r * (N + p + 2) };
}
