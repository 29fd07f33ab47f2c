import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const SCRIPT = fileURLToPath(new URL('../../deploy/compose/make-secrets.sh', import.meta.url));

/** Only root can give files to others, as in the container. */
function ownerRecorder(): string {
  const directory = temporaryDirectory('chown');
  writeFileSync(join(directory, 'chown'), '#!/bin/sh\n');
  chmodSync(join(directory, 'chown'), 0o755);
  return directory;
}
const makeSecrets = (directory: string) =>
  execFileSync('sh', [SCRIPT, directory], {
    env: { PATH: `${ownerRecorder()}:${process.env.PATH}` },
    encoding: 'utf8',
  });
const readAll = (directory: string) =>
  Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));

test(
  'the secrets of compose.yaml are made once, differ, are readable by one user, and are accepted',
  STARTS_PROGRAMS,
  () => {
    const [directory, other] = [temporaryDirectory('secrets'), temporaryDirectory('secrets')];
    expect(makeSecrets(directory)).toContain('made secret-key');
    const made = readAll(directory);
    expect(makeSecrets(directory)).toBe('');
    expect(readAll(directory)).toEqual(made);
    makeSecrets(other);
    for (const [name, text] of Object.entries(readAll(other))) expect(text, name).not.toBe(made[name]);
    for (const name of Object.keys(made)) expect(statSync(join(directory, name)).mode & 0o777, name).toBe(0o400);

    const loaded = loadConfig({
      SECRET_KEY_FILE: join(directory, 'secret-key'),
      DATABASE_URL_FILE: join(directory, 'database-url'),
      REDIS_URL_FILE: join(directory, 'redis-url'),
    });
    const password = made['postgres-password'];
    expect(password).toMatch(/^[A-Za-z0-9]{30,}$/);
    expect(loaded).toMatchObject({ config: { database: { target: { user: 'latchkey', password } } }, warnings: [] });
    expect(made['redis.conf']).toContain(`requirepass ${made['redis-password']}\n`);
    expect(made['redis-url']).toContain(`:${made['redis-password']}@`);
  },
);
