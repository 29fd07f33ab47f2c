// Prints the size of each entry of the package as an app gets it: bundled, minified, compressed, without other packages.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, peerDependencies = {} } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** Bytes of a program that uses everything of the entries. @param entries such as `.` and `./urql` */
export async function measure(...entries) {
  const sources = entries.map((entry) => exports[entry].default.replace(/^\.\/dist\/(.+)\.js$/, './src/$1.ts'));
  const { outputFiles } = await build({
    stdin: { contents: sources.map((source) => `export * from '${source}';`).join('\n'), resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: Object.keys(peerDependencies).flatMap((name) => [name, `${name}/*`]),
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const entries = Object.keys(exports).filter((entry) => exports[entry].default);
  console.log('| entry | bytes alone | bytes added to the core |\n|---|---:|---:|');
  const core = await measure('.');
  for (const entry of entries) {
    const added = entry === '.' ? '' : (await measure('.', entry)) - core;
    console.log(`| \`@latchkey/client${entry.slice(1)}\` | ${await measure(entry)} | ${added} |`);
  }
}
