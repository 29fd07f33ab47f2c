import { expect, test } from 'vitest';
import { countCores } from '../../src/config/cores.ts';

const count = (files: Record<string, string>, available = 8) => countCores((path) => files[path], available);

test.each<[string, Record<string, string>, number]>([
  ['outside Linux', {}, 8],
  ['without a limit', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' }, 8],
  ['in a container limited to two', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '200000 100000\n' }, 2],
  ['if the limit is a fraction', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '250000 100000\n' }, 2],
  ['if the limit is below one core', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '20000 100000\n' }, 1],
  ['if the limit is above the cores', { '/sys/fs/cgroup/cpu.max': '6400000 100000\n' }, 8],
  [
    'in a service whose slice is limited',
    {
      '/proc/self/cgroup': '12:cpuset:/\n0::/system.slice/latchkey.service\n',
      '/sys/fs/cgroup/system.slice/latchkey.service/cpu.max': 'max 100000\n',
      '/sys/fs/cgroup/system.slice/cpu.max': '300000 100000\n',
    },
    3,
  ],
  [
    'with cgroups version 1',
    {
      '/proc/self/cgroup': '4:cpu,cpuacct:/docker/abc\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '400000\n',
      '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
    },
    4,
  ],
  [
    'with cgroups version 1 and no limit',
    { '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n', '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n' },
    8,
  ],
])('counts the cores that may be used %s', (_, files, cores) => {
  expect(count(files)).toBe(cores);
});

test('counts at least one core on this machine', () => {
  expect(countCores()).toBeGreaterThanOrEqual(1);
});
