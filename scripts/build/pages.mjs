import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { bundle } from './bundle.mjs';
import { at } from './places.mjs';

const NAMES = ['strength', 'estimate', 'outbox'];
const scripts = NAMES.map((name) => at(`assets/pages/${name}.js`));

/** Bundles the pages' scripts into assets/pages/, each also compressed with Brotli. */
export const pages = {
  name: 'pages',
  makes: 'scripts of pages',
  folders: ['scripts/pages'],
  async build() {
    const inputs = await bundle({
      entryPoints: Object.fromEntries(NAMES.map((name) => [name, at(`scripts/pages/${name}.js`)])),
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
