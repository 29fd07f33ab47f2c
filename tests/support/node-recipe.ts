import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { cached } from './cache.ts';
import { writeDocsBlocks } from './docs.ts';
import type { Issuer } from './issuer.ts';
import { freePort } from './ports.ts';
import { startRecipe } from './recipe-program.ts';
import type { ResourceServer } from './resource-server.ts';
import { temporaryDirectory } from './server-process.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PACKAGE = join(ROOT, 'packages/verify');

/** Builds @latchkey/verify from its sources, once, and returns its directory. */
function buildVerify(): Promise<string> {
  const sources = join(PACKAGE, 'src');
  const files = readdirSync(sources).sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update(readFileSync(join(sources, file)));
  return cached(`verify-${hash.digest('hex').slice(0, 16)}`, async () => {
    const directory = temporaryDirectory('verify');
    await build({
      entryPoints: files.map((file) => join(sources, file)),
      outdir: join(directory, 'dist'),
      format: 'esm',
      bundle: true,
      splitting: true,
      packages: 'external',
      platform: 'node',
    });
    writeFileSync(join(directory, 'package.json'), readFileSync(join(PACKAGE, 'package.json')));
    return directory;
  });
}

/** Starts a block of docs/resource-server.md that uses @latchkey/verify, with these packages of the project. */
export async function startNodeRecipe(
  issuer: Issuer,
  file: string,
  packages: readonly string[],
  examplePort = '8000',
): Promise<ResourceServer> {
  const port = await freePort();
  const directory = writeDocsBlocks('resource-server.md', [file], {
    'https://auth.example.com': issuer.url,
    [examplePort]: String(port),
  });
  const targets: [string, string][] = packages.map((name) => [name, join(ROOT, 'node_modules', name)]);
  for (const [name, target] of [...targets, ['@latchkey/verify', await buildVerify()] as const]) {
    const path = join(directory, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }
  return startRecipe(process.execPath, [join(directory, file)], port);
}
