import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { cached } from '../support/cache.ts';
import { writeDocsBlocks } from '../support/docs.ts';
import { askGraphql } from '../support/graphql-recipe.ts';
import { WITHOUT_KEY_ID } from '../support/issuer.ts';
import { freePort } from '../support/ports.ts';
import { startRecipe } from '../support/recipe-program.ts';
import { describeResourceServer } from '../support/resource-server.ts';
import { temporaryDirectory } from '../support/server-process.ts';

const PACKAGES = ['@graphql-yoga/plugin-jwt@3.18.1', 'graphql-yoga@5.24.1', 'graphql@16.15.0'];

/** Installs the packages, which are no dependencies of the project, once. */
const install = () =>
  cached(`npm-${PACKAGES.join('-').replace(/[^\w.-]/g, '_')}`, async () => {
    const directory = temporaryDirectory('npm');
    writeFileSync(join(directory, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...PACKAGES], {
      cwd: directory,
      stdio: 'pipe',
    });
    return directory;
  });

const home = inject('servers').areStarted ? await install().catch((error: unknown) => error) : undefined;

describeResourceServer('the recipe for Yoga’s JWT plugin', {
  missing: () => (typeof home === 'string' ? undefined : `npm cannot install ${PACKAGES[0]}`),
  ask: askGraphql,
  refusals: [400, 401, 500],
  accepts: ['two tokens', WITHOUT_KEY_ID], // It takes the first token.
  async start(issuer) {
    const port = await freePort();
    const directory = writeDocsBlocks('gateways.md', ['yoga-jwt.mjs'], {
      'https://auth.example.com': issuer.url,
      '8000': String(port),
    });
    symlinkSync(join(String(home), 'node_modules'), join(directory, 'node_modules'));
    return startRecipe(process.execPath, [join(directory, 'yoga-jwt.mjs')], port);
  },
});
