import type { TestProject } from 'vitest/node';
import { djangoPython } from './django.ts';
import { missingLanguages } from './other-languages.ts';
import { browserProblem, findServers, NO_SERVERS, type Servers } from './programs.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    servers: Servers;
    /** Why there is no browser. Empty when there is one, or when no suite of the project asks for one. */
    browserProblem: string;
  }
}

/** `npm test` leaves out the suites that start programs. */
const WITHOUT_PROGRAMS = '!programs';

/** Starts the shared servers once per run, and prints one line about the suites that are skipped, or fail if CI=true. */
export default async function prepare(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (project.vitest.config.tagsFilter?.includes(WITHOUT_PROGRAMS)) return prepareWithoutPrograms(project);
  const isBrowser = project.name === 'browser';
  const { servers, stop } = await once('servers', findServers);
  const problem = isBrowser ? ((await browserProblem()) ?? '') : '';
  project.provide('servers', servers);
  project.provide('browserProblem', problem);

  const reasons = isBrowser
    ? [problem]
    : [...Object.values(servers.missing), djangoPython ? '' : 'Django is not installed', ...missingLanguages()];
  await once(isBrowser ? 'browser line' : 'line', async () =>
    announce(new Set(reasons.filter((reason) => reason !== ''))),
  );
  return () => once('stop', stop);
}

async function prepareWithoutPrograms(project: TestProject): Promise<undefined> {
  project.provide('servers', NO_SERVERS);
  project.provide('browserProblem', '');
  await once('line', async () => {
    process.stderr.write(
      '\nSKIPPED the suites that start other programs: npm run test:programs. See CONTRIBUTING.md.\n',
    );
  });
}

function announce(reasons: Set<string>): void {
  if (reasons.size === 0) return;
  const heading = process.env.CI === 'true' ? 'MISSING' : 'SKIPPED some suites:';
  process.stderr.write(`\n${heading} ${[...reasons].join('; ')}. See CONTRIBUTING.md.\n`);
}

/** Vitest loads this module once per project. The results of a run are therefore kept outside the module. */
function once<T>(name: string, work: () => Promise<T>): Promise<T> {
  const key = Symbol.for(`latchkey tests: ${name}`);
  const results = globalThis as { [key]?: Promise<T> }; // No other code uses this symbol.
  results[key] ??= work();
  return results[key];
}
