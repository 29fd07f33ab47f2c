import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, runCommand } from './command.ts';
import { temporaryDirectory } from './server-process.ts';

/** A hash of PASSWORD_OF_HASH that is fast to verify. */
export const QUICK_HASH = 'pbkdf2_sha256$1$salt$TvwojqNEKapdADIb8U2ZeqbYwf52z7wmcejK2AP2T1E=';
export const PASSWORD_OF_HASH = 'violet-harbour-92-lantern';

export interface Imported extends Ended {
  /** The lines of the report about rows, without its header. */
  refused: string[];
  /** The lines of the report about columns and other parts that were not taken. */
  notes: string[];
  file: string;
}

/** Runs `latchkey users import` on a file with this content. */
export async function importFile(
  env: Record<string, string>,
  name: string,
  content: string | Buffer,
  options: readonly string[] = [],
): Promise<Imported> {
  const file = join(temporaryDirectory('import'), name);
  writeFileSync(file, content);
  return importAgain(env, file, options);
}

export async function importAgain(
  env: Record<string, string>,
  file: string,
  options: readonly string[] = [],
): Promise<Imported> {
  const ended = await runCommand(['users', 'import', file, ...options], { env });
  const report = readReport(file);
  const isNote = (line: string) => line.startsWith(',');
  return { ...ended, file, refused: report.filter((line) => !isNote(line)), notes: report.filter(isNote) };
}

function readReport(file: string): string[] {
  try {
    return readFileSync(`${file}.refused.csv`, 'utf8').trimEnd().split('\n').slice(1);
  } catch {
    return [];
  }
}

export async function exportAll(env: Record<string, string>, options: readonly string[] = []): Promise<Ended> {
  return runCommand(['users', 'export', ...options], { env });
}

/** The counts as `users import` prints them. */
export const importCounts = (read: number, created: number, present: number, refused: number): string =>
  `${read} accounts read: ${created} created, ${present} already existed, ${refused} rows rejected\n`;

/** A Django dump with this many users, one per line. */
export function djangoDump(people: number, domain: string): string {
  const rows = Array.from({ length: people }, (_, n) =>
    JSON.stringify({
      model: 'people.person',
      pk: n + 1,
      fields: {
        password: QUICK_HASH,
        last_login: null,
        email: `Person.${n}@${domain}`,
        first_name: 'Ada',
        is_active: true,
        date_joined: new Date(1_500_000_000_000 + n * 60_000).toISOString(),
      },
    }),
  );
  return `[${rows.join(',\n')}]\n`;
}
