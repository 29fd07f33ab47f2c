import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { satisfies } from 'semver';
import { beforeAll, expect, test } from 'vitest';
import { serveBuilt } from '../support/built-program.ts';
import { exerciseService } from '../support/exercise-service.ts';
import { type InstalledPackage, installPackage, listPackages, testedVersions } from '../support/installed-package.ts';
import { supported } from '../support/smoke-nodes.ts';

// Installs the packed program in an empty project, with the oldest Node.js in SMOKE_NODES.

const MINIMUM = '20.19.0';
const node = supported[0]?.path ?? process.execPath;

let installed: InstalledPackage;
let packages: ReturnType<typeof listPackages>;
beforeAll(async () => {
  installed = await installPackage(node);
  packages = new Map([...listPackages(installed.project), ...listPackages(installed.home)]);
});

test('a user gets exactly the versions that were tested', () => {
  const own = [...packages].filter(([path]) => !path.startsWith('node_modules/latchkey'));
  expect(Object.fromEntries(own.map(([path, { version }]) => [path, version]))).toEqual(testedVersions());
});

test(`no installed package refuses Node.js ${MINIMUM}`, () => {
  const refusing = [...packages].filter(([, { engines }]) => engines?.node && !satisfies(MINIMUM, engines.node));
  expect(refusing.map(([path, { engines }]) => `${path}: ${engines?.node}`)).toEqual([]);
});

test('npm finds nothing missing or invalid, and can repeat the installation from the lock file that it wrote', async () => {
  await installed.npm('ls', '--all');
  await installed.npm('ci', '--dry-run', '--offline', '--no-audit');
});

test('contains every module that the program imports', async () => {
  const files = readdirSync(join(installed.home, 'dist'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((file) => /\.map$/.test(file))).toEqual([]);
  const code = files
    .filter((file) => file.endsWith('.js'))
    .map((file) => readFileSync(join(installed.home, 'dist', file), 'utf8'));
  const imported = /(?:^(?:import|export|\}).*\bfrom |^import |\bimport\(|url\)\()'(@?[a-z][\w./-]*)'/gm;
  const imports = code.flatMap((text) => [...text.matchAll(imported)]);
  const names = [...new Set(imports.map(([, name]) => name))];
  expect(names).toEqual(expect.arrayContaining(['fastify', 'twilio', 'pino-pretty', '@simplewebauthn/server/helpers']));
  const program = `await import('reflect-metadata'); for (const name of ${JSON.stringify(names)}) await import(name);`;
  await promisify(execFile)(node, ['--input-type=module', '--eval', program], { cwd: installed.home });
});

test('signs users up and in', async () => {
  await exerciseService(await serveBuilt(node, {}, join(installed.home, 'dist/cli.cjs')));
});
