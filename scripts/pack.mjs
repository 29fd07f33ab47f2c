// Writes latchkey-<version>.tgz: the built program and the packages that it was tested with. Argument: the directory for the
// archive, by default this one. See docs/decisions/0028-the-package.md.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { at } from './build/places.mjs';
import { thirdPartyNotice } from './pack/licences.mjs';
import { adjustedManifest, packedManifest } from './pack/manifest.mjs';
import { listBundled, manifest, readJson } from './pack/production.mjs';

const STAGE = '.build/package';
const NOTICE = 'THIRD-PARTY.md';

/** Source maps and TypeScript, which Node.js does not load, and the packages' own tests and documentation. */
const UNUSED = [/\.(?:map|[cm]?tsx?)$/, /^(?:benchmarks?|docs|examples?|tests?)$/, /^node_modules$/];
/** Builds of OpenTelemetry for bundlers. */
const FOR_BUNDLERS = /^build\/es(?:m|next)$/;

function copyPackage({ path }) {
  const unused = path.includes('/@opentelemetry/') ? [...UNUSED, FOR_BUNDLERS] : UNUSED;
  const isNeeded = (file) => !unused.some((pattern) => pattern.test(relative(at(path), file)));
  cpSync(at(path), at(`${STAGE}/${path}`), { recursive: true, filter: isNeeded });
  const adjusted = adjustedManifest(readJson(at(`${path}/package.json`)));
  if (adjusted) writeJson(`${path}/package.json`, adjusted);
}

const writeJson = (path, content) => writeFileSync(at(`${STAGE}/${path}`), `${JSON.stringify(content, null, 2)}\n`);

rmSync(at(STAGE), { recursive: true, force: true });
const bundled = listBundled();
for (const name of new Set([...manifest.files.map((file) => file.split('/')[0]), 'README.md', 'LICENSE']))
  cpSync(at(name), at(`${STAGE}/${name}`), { recursive: true });
for (const one of bundled) copyPackage(one);
writeFileSync(at(`${STAGE}/${NOTICE}`), thirdPartyNotice(bundled));
writeJson('package.json', packedManifest([NOTICE]));

const destination = resolve(process.argv[2] ?? '.');
execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination], {
  cwd: at(STAGE),
  stdio: 'inherit',
});
rmSync(at(STAGE), { recursive: true });
