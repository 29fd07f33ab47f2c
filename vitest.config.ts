import { createRequire } from 'node:module';
import { configDefaults, defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

/** What measures times, or must be let alone while it breaks things. */
const ALONE = [
  'tests/faults/!(boot|import|migrations|social).test.ts',
  'tests/api/{http/limits,passwords/login,emails/timing}.test.ts',
];

export default defineConfig({
  // Vite would take the package's ES module, Node takes the CommonJS one: two copies of graphql do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    globalSetup: ['tests/support/announce-missing.ts'],
    // The deadlines of the fault tests are the requirement's own; a gate on a busy machine may look again.
    retry: process.env.CI === 'true' ? 2 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...ALONE],
          maxWorkers: 2,
          // Suites share no accounts, and so a process, with what is compiled and the servers that are started in it.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      { extends: true, test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
