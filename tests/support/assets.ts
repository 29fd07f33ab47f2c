import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BUILD = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url));

type Step = 'graphiql' | 'pages' | 'web' | 'docs';

const built = new Set<Step>();

/** Builds files that the service serves, unless they are up to date. They are compared once in a process. */
export function buildAssets(...steps: readonly Step[]): void {
  const missing = steps.filter((step) => !built.has(step));
  if (missing.length === 0) return;
  execFileSync(process.execPath, [BUILD, ...missing]);
  for (const step of missing) built.add(step);
}
