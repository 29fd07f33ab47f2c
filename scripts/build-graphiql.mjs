// Bundles GraphiQL into assets/graphiql/, so that the server can serve it without internet access. `--if-missing` keeps
// an existing bundle.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outputs = ['graphiql.js', 'graphiql.css'].map((file) => here(`../assets/graphiql/${file}`));

if (!process.argv.includes('--if-missing') || !outputs.every((file) => existsSync(file))) {
  await build({
    entryPoints: { graphiql: here('./graphiql/page.jsx') },
    outdir: here('../assets/graphiql'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    alias: { 'react-style-singleton': here('./graphiql/style-singleton.js') },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
