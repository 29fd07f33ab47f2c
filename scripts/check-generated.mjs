// Checks that the committed generated files are up to date. Changes nothing.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FOLDERS = ['schema', 'drizzle', 'docs', 'packages/client/src/generated'];
const kept = mkdtempSync(join(tmpdir(), 'latchkey-generated-'));
for (const folder of FOLDERS) cpSync(folder, join(kept, folder), { recursive: true });

const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

let stale = [];
try {
  execFileSync('npm', ['run', '--silent', 'generate'], { stdio: ['ignore', 'ignore', 'inherit'] });
  stale = FOLDERS.flatMap((folder) => {
    const [before, now] = [filesIn(join(kept, folder)), filesIn(folder)];
    return [...new Set([...before, ...now])]
      .filter((file) => {
        if (!before.includes(file) || !now.includes(file)) return true;
        return !readFileSync(join(kept, folder, file)).equals(readFileSync(join(folder, file)));
      })
      .map((file) => join(folder, file));
  });
} finally {
  for (const folder of FOLDERS) {
    rmSync(folder, { recursive: true });
    cpSync(join(kept, folder), folder, { recursive: true });
  }
  rmSync(kept, { recursive: true });
}

for (const file of stale) console.error(`stale: ${file} (npm run generate)`);
if (stale.length === 0) console.log('generated: SDL, documents, migrations and reference pages are up to date');
process.exit(stale.length === 0 ? 0 : 1);
