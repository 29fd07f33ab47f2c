import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../rules/sources.ts';
import { temporaryDirectory } from './server-process.ts';

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

interface Manifest {
  version: string;
  engines?: { node?: string };
}

export interface InstalledPackage {
  /** An empty project, apart from the package. */
  project: string;
  /** Of the package itself. */
  home: string;
  /** Runs npm, with the same Node.js if it can. Rejects if it fails. */
  npm(...args: string[]): Promise<unknown>;
}

/** Packs the program and installs the archive in an empty project. @param node the path of the Node.js binary */
export async function installPackage(node: string): Promise<InstalledPackage> {
  const project = temporaryDirectory('package');
  const { PATH: path = '' } = process.env;
  // npm 12 needs Node.js 22.
  const isOldNpm = Number.parseInt(execFileSync('npm', ['--version'], { encoding: 'utf8' }), 10) < 12;
  const PATH = isOldNpm ? [dirname(node), path].join(delimiter) : path;
  const run = (args: string[], cwd: string) =>
    promisify(execFile)('npm', args, { cwd, env: { ...process.env, PATH }, maxBuffer: 64 * 1024 * 1024 });
  await run(['run', '--silent', 'package', '--', project], ROOT);
  const archive = readdirSync(project).find((file) => file.endsWith('.tgz')) ?? '';
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true }));
  await run(['install', '--no-audit', '--no-fund', '--prefer-offline', `./${archive}`], project);
  return {
    project,
    home: join(project, 'node_modules/latchkey'),
    npm: (...args) => run(args, project),
  };
}

/** Packages below a folder, nested ones included, by their place in its node_modules. */
export function listPackages(folder: string): Map<string, Manifest> {
  const found = new Map<string, Manifest>();
  const collect = (place: string) => {
    for (const name of namesIn(join(folder, place))) {
      const path = `${place}/${name}`;
      found.set(path, readJson(join(folder, path, 'package.json')));
      collect(`${path}/node_modules`);
    }
  };
  collect('node_modules');
  return found;
}

function namesIn(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
  return names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((part) => `${name}/${part}`) : name,
  );
}

/** The versions of production packages that the tests run with, by their place. */
export function testedVersions(): Record<string, string> {
  const { packages } = readJson(join(ROOT, 'package-lock.json'));
  const tested: Record<string, string> = {};
  for (const [path, { version, dev, devOptional, link, optional }] of Object.entries<Locked>(packages)) {
    if (!path.startsWith('node_modules/') || dev || devOptional || link) continue;
    // Binaries of other platforms are in the lock file, but not installed.
    if (!optional || existsSync(join(ROOT, path))) tested[path] = version;
  }
  return tested;
}

interface Locked {
  version: string;
  dev?: boolean;
  devOptional?: boolean;
  link?: boolean;
  optional?: boolean;
}
