import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Returns the text of a file; undefined if it cannot be read. */
export type ReadFile = (path: string) => string | undefined;

export const CONTROL_GROUPS = '/sys/fs/cgroup';

/** The texts of a file in this process's control group and in each group above it (cgroups version 2). */
export function readGroups(name: string, read: ReadFile): string[] {
  const [, own = '/'] = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup') ?? '') ?? [];
  const groups: string[] = [];
  for (let group = own; group !== '/'; group = posix.dirname(group)) groups.push(group);
  return [...groups, '/'].flatMap((group) => read(posix.join(CONTROL_GROUPS, group, name)) ?? []);
}

export function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
