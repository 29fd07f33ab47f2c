import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BUILD = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));

/** Builds files that the service serves, unless they are up to date. */
export const buildAssets = (...steps: readonly ('graphiql' | 'pages' | 'web' | 'docs')[]): void => {
  execFileSync(process.execPath, [BUILD, ...steps]);
};
