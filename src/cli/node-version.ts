import { readFileSync } from 'node:fs';

/** Returns why this version of Node.js is not supported; undefined if it is. @param version such as 20.19.0 */
export function checkNodeVersion(version: string): string | undefined {
  const [minimum = '', major, minor] = /(\d+)\.(\d+)/.exec(supportedRange()) ?? [];
  const [, actualMajor, actualMinor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  const difference = Number(actualMajor) - Number(major) || Number(actualMinor) - Number(minor);
  return difference < 0 ? `requires Node.js ${minimum} or later; this is ${version}` : undefined;
}

/** The range in package.json, which is next to both src and dist. */
function supportedRange(): string {
  const manifest: { engines: { node: string } } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.engines.node;
}
