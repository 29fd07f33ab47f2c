import { readFileSync } from 'node:fs';
import { at } from '../build/places.mjs';

export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

export const manifest = readJson(at('package.json'));
const { packages } = readJson(at('package-lock.json'));

/** They consist of one package for each platform, of which npm installs the user's. A bundle would have only ours. */
const NATIVE = ['@node-rs/argon2', '@node-rs/bcrypt'];
const isNative = (path) => NATIVE.some((name) => path.startsWith(`node_modules/${name}`));

export const isBundled = (name) => !NATIVE.includes(name);

/** The tested version of a package. */
export const versionOf = (name) => packages[`node_modules/${name}`].version;

/** Production packages that are installed with the program, by their folder: `node_modules/…`. */
export function listBundled() {
  const found = Object.entries(packages)
    .filter(([path, { dev, devOptional, link }]) => path.startsWith('node_modules/') && !dev && !devOptional && !link)
    .filter(([path]) => !isNative(path))
    .map(([path, { version, optional }]) => ({ path, version, optional }));
  for (const { path, version, optional } of found) {
    if (optional) throw new Error(`${path} is optional: list the package that needs it in scripts/pack/production.mjs`);
    if (readJson(at(`${path}/package.json`)).version !== version) throw new Error(`${path} is not ${version}: npm ci`);
  }
  return found;
}
