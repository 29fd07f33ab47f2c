import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findProgram } from './server-process.ts';

const SCRIPT = fileURLToPath(new URL('django/dump.py', import.meta.url));

/** A Python that has Django, or undefined. Debian's package serves Debian's Python only, which need not be the first. */
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
  users: readonly { name: string; email: string; pk: number; hash: string; password: string }[];
}

/** Makes users by Django's own code; users.json and users.jsonl in the directory are its dumps. */
export function makeDump(directory: string, userModel: 'auth.User' | 'people.Person'): DjangoDump {
  if (!djangoPython) throw new Error('there is no Django here');
  const printed = execFileSync(djangoPython, [SCRIPT, directory, userModel], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(printed);
}
