import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { readEnvironment } from '../../src/config.ts';
import { compiledProgram } from '../support/program.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';
import { loadErrors, loadValid } from '../support/settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'latchkey-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('the development secret', () => {
  test('is created once and readable only by its owner', () => {
    const env = { SECRET_KEY: undefined, DATA_DIR: join(directory, 'new/data') };
    const [first] = loadValid(env).secrets;
    expect(first).toHaveLength(32);
    expect(loadValid(env).secrets[0]).toEqual(first);
    expect(statSync(join(env.DATA_DIR, 'secret')).mode & 0o777).toBe(0o600);
  });

  test('is the same for processes that start at once', STARTS_PROGRAMS, async () => {
    const module = join(await compiledProgram(), 'config/development-secret.js');
    const target = join(directory, 'race');
    const script = `import(${JSON.stringify(module)}).then(m =>
      console.log(m.developmentSecret(${JSON.stringify(target)}).value.toString('hex')))`;
    const runs = Array.from({ length: 6 }, () => promisify(execFile)(process.execPath, ['-e', script]));
    const secrets = new Set((await Promise.all(runs)).map(({ stdout }) => stdout));
    expect(secrets.size).toBe(1);
    expect([...secrets][0]).toMatch(/^[0-9a-f]{64}\n$/);
  });

  test('prevents startup if it is damaged, instead of being replaced', () => {
    const DATA_DIR = mkdtempSync(join(directory, 'damaged-'));
    writeFileSync(join(DATA_DIR, 'secret'), 'half');
    expect(loadErrors({ SECRET_KEY: undefined, DATA_DIR })).toEqual([expect.stringMatching(/^DATA_DIR .*damaged/)]);
    expect(readFileSync(join(DATA_DIR, 'secret'), 'utf8')).toBe('half');
  });

  test('is not created when other settings are invalid', () => {
    const DATA_DIR = join(directory, 'untouched');
    expect(loadErrors({ SECRET_KEY: undefined, DATA_DIR, PORT: 'x' })).toHaveLength(1);
    expect(statSync(DATA_DIR, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('.env', () => {
  const withEnvFile = mkdtempSync(join(directory, 'env-'));
  writeFileSync(join(withEnvFile, '.env'), 'PORT=4567\nHOST=127.0.0.2\n');

  test('is read in development, and real variables take precedence', () => {
    process.env.HOST = '127.0.0.3';
    try {
      expect(readEnvironment(withEnvFile)).toMatchObject({ PORT: '4567', HOST: '127.0.0.3' });
    } finally {
      delete process.env.HOST;
    }
  });

  test('is not read in production', () => {
    const mode = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      expect(readEnvironment(withEnvFile).PORT).toBeUndefined();
    } finally {
      process.env.NODE_ENV = mode;
    }
  });
});
