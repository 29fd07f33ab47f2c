// Bundles the pages' scripts into assets/pages/, each also compressed with Brotli. `--if-missing` keeps existing files.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const outputs = ['strength.js', 'estimate.js'].map((file) => here(`../assets/pages/${file}`));

if (!process.argv.includes('--if-missing') || !outputs.every((file) => existsSync(`${file}.br`))) {
  await build({
    entryPoints: { strength: here('./pages/strength.js'), estimate: here('./pages/estimate.js') },
    outdir: here('../assets/pages'),
    bundle: true,
    minify: true,
    format: 'esm',
    charset: 'utf8',
    target: 'es2022',
    external: ['./estimate.js'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  for (const file of outputs) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
}
