// Starts the service and then the app: npm start. With --dev, pages are compiled as they are edited.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, start } from '../start-service.mjs';

const here = import.meta.dirname;
const flags = process.argv.slice(2);
process.env.NEXT_TELEMETRY_DISABLED = '1';

build('client', 'verify');
if (!flags.includes('--dev') && hasChanged())
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });
await start(here, {}, flags);

/** Whether a source is newer than the last build. */
function hasChanged() {
  const built = join(here, '.next/BUILD_ID');
  if (!existsSync(built)) return true;
  const folders = ['app', 'lib', '../../packages/client/src', '../../packages/verify/src'].map((name) =>
    join(here, name),
  );
  const files = folders.flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)));
  files.push(...['proxy.ts', 'next.config.ts', 'package-lock.json'].map((name) => join(here, name)));
  return files.some((file) => statSync(file).mtimeMs > statSync(built).mtimeMs);
}
