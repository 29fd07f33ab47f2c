import type { TestProject } from 'vitest/node';
import { djangoPython } from './django.ts';
import { browserProblem, findServers, type Servers } from './programs.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    servers: Servers;
    /** Why there is no browser. Empty when there is one, or when no suite of the project asks for one. */
    browserProblem: string;
  }
}

/** Starts what the suites share, once a run, and says in one line what will be left out. Under CI=true that fails. */
export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const isBrowser = project.name === 'browser';
  const { servers, stop } = await once('servers', findServers);
  const problem = isBrowser ? ((await browserProblem()) ?? '') : '';
  project.provide('servers', servers);
  project.provide('browserProblem', problem);

  const reasons = isBrowser
    ? [problem]
    : [...Object.values(servers.missing), djangoPython ? '' : 'Django is not installed'];
  await once(isBrowser ? 'browser line' : 'line', async () =>
    announce(new Set(reasons.filter((reason) => reason !== ''))),
  );
  return () => once('stop', stop);
}

function announce(reasons: Set<string>): void {
  if (reasons.size === 0) return;
  const heading = process.env.CI === 'true' ? 'MISSING' : 'LEFT OUT: some suites, because';
  process.stderr.write(`\n${heading} ${[...reasons].join('; ')}. See CONTRIBUTING.md.\n`);
}

/** Vitest loads this module once a project, so what is done once a run is kept outside of it. */
function once<T>(name: string, work: () => Promise<T>): Promise<T> {
  const key = Symbol.for(`latchkey tests: ${name}`);
  const kept = globalThis as { [key]?: Promise<T> }; // Nobody else has this symbol.
  kept[key] ??= work();
  return kept[key];
}
