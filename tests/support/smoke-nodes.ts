import { execFileSync } from 'node:child_process';
import { delimiter } from 'node:path';

interface NodeProgram {
  path: string;
  /** Such as v20.19.0. */
  version: string;
}

const nodes = (process.env.SMOKE_NODES ?? process.execPath).split(delimiter).map((path) => {
  const version = execFileSync(path, ['--version'], { encoding: 'utf8' }).trim();
  return { path, version, major: Number(/^v(\d+)/.exec(version)?.[1]) };
});

/** The Node.js binaries in SMOKE_NODES (paths separated by colons) that can run the program, the oldest first. */
export const supported: readonly NodeProgram[] = nodes
  .filter(({ major }) => major >= 20)
  .sort((one, other) => one.major - other.major);

export const tooOld: readonly NodeProgram[] = nodes.filter(({ major }) => major < 20);
