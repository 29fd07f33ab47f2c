import { expect, test } from 'vitest';
import { countHashesInMemory } from '../../src/config/memory.ts';

const MIB = 1024 * 1024;
const count = (files: Record<string, string>, size = 19 * 1024) => countHashesInMemory(size, (path) => files[path]);
const UNLIMITED = Number.POSITIVE_INFINITY;

test.each<[string, Record<string, string>, number]>([
  ['all outside Linux', {}, UNLIMITED],
  ['all without a limit', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/memory.max': 'max\n' }, UNLIMITED],
  ['six in a container limited to 512 MiB', { '/sys/fs/cgroup/memory.max': `${512 * MIB}\n` }, 6],
  ['one more once the quarter is large enough', { '/sys/fs/cgroup/memory.max': `${4 * 7 * 19 * MIB}\n` }, 7],
  ['one less below that', { '/sys/fs/cgroup/memory.max': `${4 * 7 * 19 * MIB - 4096}\n` }, 6],
  ['one in any container', { '/sys/fs/cgroup/memory.max': `${48 * MIB}\n` }, 1],
  [
    'those of the smallest limit around a service',
    {
      '/proc/self/cgroup': '0::/system.slice/latchkey.service\n',
      '/sys/fs/cgroup/system.slice/latchkey.service/memory.max': `${1024 * MIB}\n`,
      '/sys/fs/cgroup/system.slice/memory.max': `${256 * MIB}\n`,
    },
    3,
  ],
  ['those of cgroups version 1', { '/sys/fs/cgroup/memory/memory.limit_in_bytes': `${512 * MIB}\n` }, 6],
])('a quarter of the memory limit holds hashes: %s', (_, files, hashes) => {
  expect(count(files)).toBe(hashes);
});

test('version 1 without a limit has one that no machine reaches', () => {
  expect(count({ '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n' })).toBeGreaterThan(1e9);
});

test('larger hashes are fewer', () => {
  expect(count({ '/sys/fs/cgroup/memory.max': `${512 * MIB}\n` }, 64 * 1024)).toBe(2);
});
