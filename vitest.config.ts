import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);
const PACKAGES = fileURLToPath(new URL('packages', import.meta.url));

/** Fault tests without tight deadlines. They may run side by side. */
const SIDE_BY_SIDE = ['tests/faults/{boot,import,migrations,social}.test.ts'];
/** Fills the memory. */
const ALONE = ['tests/api/http/limits.test.ts'];

/** Milliseconds. A busy machine is no failure: only fault tests use the deadlines that the service has by itself. */
const PATIENT = { database: { acquisition: 60_000, statement: 60_000 }, redis: 60_000 };

export default defineConfig({
  // Vite would take the package's ES module, Node takes the CommonJS one: two copies of graphql do not know each other.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: require.resolve('graphql') },
      // The source, which needs no build.
      { find: /^@latchkey\/(\w+)$/, replacement: join(PACKAGES, '$1/src/index.ts') },
      { find: /^@latchkey\/(\w+)\/(.+)$/, replacement: join(PACKAGES, '$1/src/$2.ts') },
    ],
  },
  test: {
    globalSetup: ['tests/support/announce-missing.ts'],
    tags: [{ name: 'programs', description: 'Starts other programs. Left out by `npm test`; see STARTS_PROGRAMS.' }],
    // Generous, because a busy machine is no failure. Deadlines that a requirement sets are in its tests.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Concurrent tests wait for deadlines, not for the processor.
    maxConcurrency: 20,
    expect: { poll: { timeout: 120_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['tests/{api,cli,contracts,examples,recipes,rules,unit}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          // Some tests wait for deadlines: three workers keep two cores busy.
          maxWorkers: 3,
          // Test files share no accounts, and so they share a process, its modules and the servers started in it.
          isolate: false,
          provide: { deadlines: PATIENT },
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'rules-alone',
          include: ALONE,
          maxWorkers: 1,
          provide: { deadlines: PATIENT },
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'faults', include: SIDE_BY_SIDE, maxWorkers: 2, sequence: { groupOrder: 2 } },
      },
      {
        extends: true,
        test: {
          name: 'faults-alone',
          include: ['tests/faults/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...SIDE_BY_SIDE],
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: { name: 'timing', include: ['tests/timing/**/*.test.ts'], maxWorkers: 1, sequence: { groupOrder: 4 } },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          maxWorkers: 2,
          // Test files share a process, its modules, databases and browser, but no accounts and no contexts.
          isolate: false,
          sequence: { groupOrder: 5 },
        },
      },
      {
        extends: true,
        test: { name: 'smoke', include: ['tests/smoke/**/*.test.ts'], maxWorkers: 1, sequence: { groupOrder: 6 } },
      },
    ],
  },
});
