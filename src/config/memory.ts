import { CONTROL_GROUPS, type ReadFile, readFile, readGroups } from './control-groups.ts';

/** The part of the memory that password hashes may take together. */
const SHARE = 1 / 4;

/** How many password hashes of this size fit into a quarter of the memory limit, but at least one. @param size KiB of each */
export const countHashesInMemory = (size: number, read: ReadFile = readFile): number =>
  Math.max(1, Math.floor((readMemoryLimit(read) * SHARE) / (size * 1024)));

/** Bytes that the container or service may use; infinite without a limit. */
function readMemoryLimit(read: ReadFile): number {
  // A container with version 1 sees its own group at the root.
  const old = read(`${CONTROL_GROUPS}/memory/memory.limit_in_bytes`) ?? '';
  const limits = [...readGroups('memory.max', read), old].map((text) => Number.parseInt(text, 10));
  return Math.min(...limits.filter((limit) => limit > 0)); // No limit is "max", or in version 1 nearly 2^63.
}
