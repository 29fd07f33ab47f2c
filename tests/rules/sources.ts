import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Source {
  /** Below src, as app.ts. */
  file: string;
  text: string;
  /** The text without comments. */
  code: string;
  imports: readonly Import[];
}
export interface Import {
  /** A file below src, or a package. */
  from: string;
  isOurs: boolean;
  isType: boolean;
}

const STATEMENT = /^(?:import|export)\s+(type\s)?(?:[^'";]*?\bfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\('([^']+)'\)/g;

/** @param file below src */
export function read(file: string, text: string): Source {
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  const imported = (from: string, isType: boolean): Import =>
    from.startsWith('.')
      ? { from: posix.join(posix.dirname(file), from), isOurs: true, isType }
      : { from, isOurs: false, isType };
  const imports = [
    ...[...code.matchAll(STATEMENT)].map(([, type, from = '']) => imported(from, Boolean(type))),
    ...[...code.matchAll(DYNAMIC)].map(([, from = '']) => imported(from, false)),
  ];
  return { file, text, code, imports };
}

/** Every file of src. */
export const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => read(file, readFileSync(join(ROOT, 'src', file), 'utf8')));
