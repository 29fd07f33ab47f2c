import { build } from 'esbuild';
import { at } from './places.mjs';

/** Bundles scripts for browsers. @returns the files that it has read, without those of packages */
export async function bundle(options) {
  const { metafile } = await build({
    bundle: true,
    minify: true,
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
    absWorkingDir: at('.'),
    ...options,
  });
  return Object.keys(metafile.inputs)
    .filter((path) => !path.includes('node_modules/') && !path.includes(':'))
    .map(at);
}
