import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeDirectory, temporaryDirectory } from '../tests/support/server-process.ts';

/** Disk space that the archive of `npm run package` uses when it is installed. Needs a registry. */
export function measureInstallSize(): string {
  const home = temporaryDirectory('bench-install');
  const npm = (...args: string[]) => execFileSync('npm', args, { encoding: 'utf8', cwd: home });
  execFileSync('npm', ['run', '--silent', 'package', '--', home], { stdio: 'pipe' });
  const archive = readdirSync(home).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(home, 'package.json'), '{ "private": true }');
  npm('install', '--no-audit', '--no-fund', `./${archive}`);
  const kibibytes = Number.parseInt(execFileSync('du', ['-sk', join(home, 'node_modules')], { encoding: 'utf8' }), 10);
  const listing = npm('ls', '--all', '--parseable').trim().split('\n');
  removeDirectory(home);
  return `Installed: ${(kibibytes / 1024).toFixed(0)} MB, with ${listing.length - 2} dependencies`;
}
