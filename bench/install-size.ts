import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeDirectory, temporaryDirectory } from '../tests/support/server-process.ts';

/** Disk space used by `npm ci --omit=dev`. Needs a registry. */
export function measureInstallSize(): string {
  const home = temporaryDirectory('bench-install');
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(process.cwd(), file), join(home, file));
  execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: home,
    stdio: 'pipe',
  });
  const kibibytes = Number.parseInt(execFileSync('du', ['-sk', join(home, 'node_modules')], { encoding: 'utf8' }), 10);
  const listing = execFileSync('npm', ['ls', '--omit=dev', '--all', '--parseable'], { cwd: home, encoding: 'utf8' });
  removeDirectory(home);
  return `Production dependencies: ${(kibibytes / 1024).toFixed(0)} MB in ${listing.trim().split('\n').length - 1} packages`;
}
