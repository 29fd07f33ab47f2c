import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { bundle } from './bundle.mjs';
import { at } from './places.mjs';

const scripts = ['strength.js', 'estimate.js'].map((file) => at(`assets/pages/${file}`));

/** Bundles the pages' scripts into assets/pages/, each also compressed with Brotli. */
export const pages = {
  name: 'pages',
  makes: 'scripts of pages',
  folders: ['scripts/pages'],
  async build() {
    const inputs = await bundle({
      entryPoints: { strength: at('scripts/pages/strength.js'), estimate: at('scripts/pages/estimate.js') },
      outdir: at('assets/pages'),
      format: 'esm',
      charset: 'utf8',
      external: ['./estimate.js'],
    });
    const compressed = scripts.map((file) => {
      writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
      return `${file}.br`;
    });
    return { inputs, outputs: [...scripts, ...compressed] };
  },
};
