import { isBundled, manifest, versionOf } from './production.mjs';

/** package.json of the archive: exact versions, and nothing that is only for this repository. */
export function packedManifest(ownFiles) {
  const {
    scripts: _scripts,
    workspaces: _workspaces,
    overrides: _overrides,
    devDependencies: _dev,
    ...kept
  } = manifest;
  const names = Object.keys(manifest.dependencies);
  return {
    ...kept,
    files: [...manifest.files, ...ownFiles],
    dependencies: Object.fromEntries(names.map((name) => [name, versionOf(name)])),
    bundleDependencies: names.filter(isBundled),
  };
}

const RUN_BY_NPM = ['preinstall', 'install', 'postinstall'];

/**
 * package.json of a bundled package; undefined if it can stay as it is. The overrides of this repository become its
 * ranges, because npm ignores the overrides of dependencies. Scripts at installation are removed.
 */
export function adjustedManifest(original) {
  const overridden = Object.keys(original.dependencies ?? {}).filter(
    (name) => typeof manifest.overrides[name] === 'string',
  );
  const hasScripts = RUN_BY_NPM.some((name) => original.scripts?.[name]);
  if (overridden.length === 0 && !hasScripts) return undefined;
  const adjusted = structuredClone(original);
  for (const name of overridden) adjusted.dependencies[name] = versionOf(name);
  for (const name of RUN_BY_NPM) delete adjusted.scripts?.[name];
  return adjusted;
}
