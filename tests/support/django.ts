import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findProgram } from './server-process.ts';

const [DUMP, LOAD, ACCEPT] = ['dump.py', 'load.py', 'accept.py'].map((name) =>
  fileURLToPath(new URL(`django/${name}`, import.meta.url)),
);

/** A Python with Django, or undefined. Debian's Django works only with Debian's Python. */
export const djangoPython: string | undefined = ['/usr/bin/python3', findProgram('python3')]
  .filter((python) => python !== undefined)
  .find((python) => {
    try {
      execFileSync(python, ['-c', 'import django'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });

export interface DjangoDump {
  version: readonly number[];
  allauth: boolean;
  simplejwt: boolean;
  /** The second factors of the user careful: the key in hexadecimal, a code and tokens, of which the first was used. */
  otp: { key: string; used: number; tokens: readonly string[] } | null;
  users: readonly { name: string; email: string; pk: number; hash: string; password: string }[];
}

/** Creates users with Django's code; users.json and users.jsonl in the directory are its dumps. */
export const makeDump = (directory: string, userModel: 'auth.User' | 'people.Person'): DjangoDump =>
  JSON.parse(run([String(DUMP), directory, userModel]));

export interface LoadedUser {
  pk: number;
  username?: string;
  email: string | null;
  mobile?: string | null;
  mobile_verified?: boolean;
  landline?: string;
  organisation?: string;
  first_name: string;
  is_active: boolean;
  is_staff: boolean;
  is_superuser: boolean;
  usable: boolean;
  /** Whether each password is right. */
  right: boolean[];
  groups: number;
  addresses?: [email: string, verified: boolean, primary: boolean][];
  social?: [provider: string, uid: string][];
}

/** Loads a fixture with loaddata into the database that makeDump made, and reads all users. */
export const loadFixture = (
  directory: string,
  userModel: 'auth.User' | 'people.Person',
  fixture: string,
  passwords: readonly string[],
): LoadedUser[] => JSON.parse(run([String(LOAD), directory, userModel, fixture, ...passwords]));

/**
 * The user id that a Django service with SimpleJWT, configured as documented, reads from the token, and how many users it creates
 * for it; or its error.
 */
export const acceptToken = (token: string, issuer: string): string => run([String(ACCEPT), token, issuer]).trim();

function run(args: readonly string[]): string {
  if (!djangoPython) throw new Error('Django is not installed');
  return execFileSync(djangoPython, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
