import { readFileSync } from 'node:fs';

/** Why this version of Node.js cannot run the program; undefined if it can. @param version such as 20.19.0 */
export function nodeVersionProblem(version: string): string | undefined {
  const [minimum = '', major, minor] = /(\d+)\.(\d+)/.exec(supportedRange()) ?? [];
  const [, ownMajor, ownMinor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const difference = Number(ownMajor) - Number(major) || Number(ownMinor) - Number(minor);
  return difference < 0 ? `needs Node.js ${minimum} or later, and this is ${version}` : undefined;
}

/** The range in package.json, which is next to both src and dist. */
function supportedRange(): string {
  const manifest: { engines: { node: string } } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.engines.node;
}
