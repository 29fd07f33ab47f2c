// Prints the size of each entry of the package as an app gets it: bundled, minified, compressed, without other packages.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { exports, peerDependencies = {} } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);

/** The entry `./react` with its component, beside what an app uses of the entry without it. */
const FORM = './react <SignIn/>';
const HOOKS = '{ LatchkeyProvider, useAction, useLatchkey, useSession, useSignIn, useUser }';

function importOf(entry) {
  if (entry === FORM) return "export * from './src/react.ts';";
  const source = exports[entry].default.replace(/^\.\/dist\/(.+)\.js$/, './src/$1.ts');
  return `export ${entry === './react' ? HOOKS : '*'} from '${source}';`;
}

/**
 * Bytes of a program that uses everything of the entries. Of the files that are loaded on demand, such as the languages of
 * the form, the largest counts.
 * @param entries such as `.` and `./urql`
 */
export async function measure(...entries) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entries.map(importOf).join('\n'), resolveDir: root },
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: root,
    charset: 'utf8',
    format: 'esm',
    target: 'es2022',
    external: Object.keys(peerDependencies).flatMap((name) => [name, `${name}/*`]),
    absWorkingDir: root,
  });
  const sizeOf = (path) => {
    const file = outputFiles.find((output) => output.path === root + path);
    return gzipSync(file.contents, { level: 9 }).length;
  };
  const [[main, { imports }]] = Object.entries(metafile.outputs).filter(
    ([, { entryPoint }]) => entryPoint === '<stdin>',
  );
  const loaded = (kind) =>
    imports.filter((file) => !file.external && file.kind === kind).map(({ path }) => sizeOf(path));
  const atOnce = loaded('import-statement').reduce((sum, size) => sum + size, sizeOf(main));
  return atOnce + Math.max(0, ...loaded('dynamic-import'));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const entries = Object.keys(exports).filter((entry) => /\.js$/.test(exports[entry].default));
  entries.splice(entries.indexOf('./react') + 1, 0, FORM);
  console.log('| entry | bytes alone | bytes added to the core |\n|---|---:|---:|');
  const core = await measure('.');
  for (const entry of entries) {
    const added = entry === '.' ? '' : (await measure('.', entry)) - core;
    console.log(`| \`@latchkey/client${entry.slice(1)}\` | ${await measure(entry)} | ${added} |`);
  }
}
