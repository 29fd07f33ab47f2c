import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Files that the service serves below /web/. Called by scripts/build/web.mjs. */
export default defineConfig({
  root: at('.'),
  // Chunks find each other relative to themselves.
  base: './',
  publicDir: false,
  resolve: {
    alias: [
      // React has it since version 18.
      { find: /^use-sync-external-store\/shim(\/index\.js)?$/, replacement: 'react' },
      { find: /^@latchkey\/client$/, replacement: at('../packages/client/src/index.ts') },
      { find: /^@latchkey\/client\/(.+)\.css$/, replacement: at('../packages/client/src/$1.css') },
      { find: /^@latchkey\/client\/(.+)$/, replacement: at('../packages/client/src/$1.ts') },
    ],
  },
  define: { __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined' },
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  build: {
    outDir: at('../assets/web'),
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // The policy of the pages allows no data: in scripts and styles.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rollupOptions: {
      // "use client" in packages means nothing here.
      onwarn: (warning, warn) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
      input: { account: at('account/main.tsx'), console: at('console/main.tsx') },
      output: {
        entryFileNames: '[name]-[hash].js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
});
