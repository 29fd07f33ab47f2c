import { copyFileSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Packages that load files of their own, whose names a bundle hides from import(), or that are not installed. */
const EXTERNAL = ['@electric-sql/pglite', '@node-rs/*', 'pino', 'pino-pretty', 'prom-client', 'class-validator'];
const NODE_MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Bundles dist/cli.js and its packages. @param output a directory next to dist */
export async function bundleProgram(dist: string, output: string): Promise<void> {
  await build({
    entryPoints: [join(dist, 'cli.js')],
    outdir: output,
    bundle: true,
    splitting: true, // Commands are still loaded on demand.
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: EXTERNAL,
    nodePaths: [NODE_MODULES],
    logLevel: 'error',
    banner: {
      js: "import { createRequire as requireOf } from 'node:module';const require = requireOf(import.meta.url);",
    },
    plugins: [
      {
        // Each module still finds its files relative to dist.
        name: 'import-meta-url',
        setup({ onLoad }) {
          onLoad({ filter: /\.js$/ }, ({ path }) => {
            if (!path.startsWith(dist)) return undefined;
            const url = `new URL('./${relative(dist, path)}', import.meta.url).href`;
            return { contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', url) };
          });
        },
      },
    ],
  });
  copyFileSync(join(dist, 'cli.cjs'), join(output, 'cli.cjs'));
}
