import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's variables. In development also those of .env; the process's take precedence. */
export function readEnvironment(directory = process.cwd()): Environment {
  const file = join(directory, '.env');
  if (process.env.NODE_ENV === 'production' || !existsSync(file)) return process.env;
  return { ...parseEnv(readFileSync(file, 'utf8')), ...process.env };
}

/** Without spaces at its ends. Undefined if the variable is not set or empty. */
export const readText = (env: Environment, name: string): string | undefined => env[name]?.trim() || undefined;
