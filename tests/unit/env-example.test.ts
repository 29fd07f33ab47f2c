import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { SETTING_NAMES, SETTINGS } from '../../src/config/settings.ts';
import { loadConfig } from '../../src/config.ts';

const lines = readFileSync(resolve(import.meta.dirname, '../../.env.example'), 'utf8').split('\n');
const entry = /^# ([A-Z][A-Z0-9_]*)=(.*)$/;
const shown = new Map(
  lines.flatMap((line) => {
    const [, name = '', value = ''] = entry.exec(line) ?? [];
    return name ? [[name, value] as const] : [];
  }),
);

/** Derived by config.ts in development. */
const DERIVED: Record<string, string> = {
  PUBLIC_URL: 'http://localhost:4000',
  ALLOWED_ORIGINS: 'http://localhost:3000,http://localhost:5173',
};

test('.env.example lists every variable that the service reads exactly once', () => {
  const names = lines.flatMap((line) => entry.exec(line)?.[1] ?? []);
  expect(names.toSorted()).toEqual(SETTING_NAMES.toSorted());
});

test.each(SETTING_NAMES)('.env.example shows the default of %s and explains it in the line above', (name) => {
  expect(shown.get(name)).toBe(DERIVED[name] ?? SETTINGS[name].fallback ?? '');
  const above = lines[lines.findIndex((line) => line.startsWith(`# ${name}=`)) - 1];
  expect(above).toMatch(/^# \S.*[.…]( \(.*\))?$/);
});

test('.env.example, uncommented, equals no settings at all', () => {
  const SECRET_KEY = 'iWTPjuqAUDRXZSP3kNhDQ5yyOL2Cs3cYl1N1VbH9cYU=';
  const uncommented = lines.filter((line) => entry.test(line)).map((line) => line.slice(2));
  const written = loadConfig({ ...parseEnv(uncommented.join('\n')), SECRET_KEY });
  expect(written).toEqual(loadConfig({ SECRET_KEY }));
  expect(written).toHaveProperty('config');
});
