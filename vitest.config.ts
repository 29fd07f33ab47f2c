import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';

const require = createRequire(import.meta.url);

export default defineConfig({
  // Vite would take the package's ES module, Node takes the CommonJS one: two copies of graphql do not know each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: require.resolve('graphql') }] },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/announce-missing.ts'],
    // The deadlines of the fault tests are the requirement's own; a gate on a busy machine may look again.
    retry: process.env.CI === 'true' ? 2 : 0,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
