import { beforeAll, expect, test } from 'vitest';
import { startAppOn } from '../support/app.ts';
import { runCommand } from '../support/command.ts';
import { dataDirectory } from '../support/databases.ts';
import { freePort } from '../support/ports.ts';

/** Much is logged: everything, a warning about a variable, and that Redis is down. */
let env: Record<string, string>;

beforeAll(async () => {
  const DATA_DIR = await dataDirectory();
  await (await startAppOn({ DATA_DIR })).close(); // The first start creates a key.
  env = {
    DATA_DIR,
    LOG_LEVEL: 'trace',
    DATABASE_HOST: 'db',
    REDIS_URL: `redis://127.0.0.1:${await freePort()}`,
    SMS_PROVIDER: 'log',
  };
});

test.each([
  ['doctor', '--json'],
  ['keys', 'list', '--json'],
  ['migrate', '--status', '--json'],
  ['deliveries', 'retry', '--all', '--json'],
  ['sessions', 'end-all', '--yes', '--json'],
  ['sms', 'templates', '--json'],
])('latchkey %s %s %s prints one JSON document to standard output, and logs elsewhere', async (...args) => {
  const { stdout } = await runCommand(args.filter(Boolean), { env });
  expect(() => JSON.parse(stdout), stdout).not.toThrow();
});

test('latchkey deliveries list --json prints one JSON document a line', async () => {
  const { code, stdout } = await runCommand(['deliveries', 'list', '--json'], { env });
  expect(code).toBe(0);
  for (const line of stdout.split('\n').slice(0, -1)) expect(() => JSON.parse(line), line).not.toThrow();
});
