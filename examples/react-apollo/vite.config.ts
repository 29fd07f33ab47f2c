import { defineConfig } from 'vite';

export default defineConfig({
  esbuild: { jsx: 'automatic' },
  // Files outside of this directory use its packages. An app that installs @latchkey/client from npm does not need this.
  resolve: { dedupe: ['react', 'react-dom', '@latchkey/client', '@apollo/client'] },
});
