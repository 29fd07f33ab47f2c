import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from 'vitest';
import { updateExample } from '../../src/config/env-example.ts';
import { SETTING_NAMES, SETTINGS } from '../../src/config/settings.ts';
import { findDefault, listVariables } from '../../src/core/settings/setting-group.ts';
import { SOCIAL_PROVIDERS } from '../../src/features/social/providers/registry.ts';
import { SMS_GATEWAYS } from '../../src/infra/sms/registry.ts';
import { loadOrFail } from '../support/settings.ts';

const example = readFileSync(resolve(import.meta.dirname, '../../.env.example'), 'utf8');
const lines = example.split('\n');
const entry = /^# ([A-Z][A-Z0-9_]*)=(.*)$/;
const shown = new Map(
  lines.flatMap((line) => {
    const [, name = '', value = ''] = entry.exec(line) ?? [];
    return name ? [[name, value] as const] : [];
  }),
);

/** Defaults that depend on other settings, with their values in development. */
const DERIVED: Record<string, string> = {
  PUBLIC_URL: 'http://localhost:4000',
  SMS_CODE_DOMAIN: 'localhost',
  ALLOWED_ORIGINS: 'http://localhost:3000,http://localhost:5173',
};

const groups = [...SMS_GATEWAYS, ...SOCIAL_PROVIDERS.filter(({ name }) => name !== undefined)];

test('.env.example lists every variable once, and no other', () => {
  const names = lines.flatMap((line) => entry.exec(line)?.[1] ?? []);
  // Gateways of one company share variables.
  expect(names.toSorted()).toEqual([...new Set([...SETTING_NAMES, ...groups.flatMap(listVariables)])].toSorted());
});

test.each(SETTING_NAMES)('.env.example shows the default of %s in the code', (name) => {
  expect(shown.get(name)).toBe(DERIVED[name] ?? findDefault(SETTINGS[name]) ?? '');
});

test.each([...shown.keys()])('.env.example explains %s', (name) => {
  const above = lines[lines.findIndex((line) => line.startsWith(`# ${name}=`)) - 1];
  expect(above).toMatch(/^# \S.*[.…]( \(.*\))?$/);
});

test('.env.example describes the gateways and providers in the registries (npm run generate)', () => {
  expect(updateExample(example)).toBe(example);
});

test('uncommenting everything in .env.example changes no setting', () => {
  const SECRET_KEY = 'iWTPjuqAUDRXZSP3kNhDQ5yyOL2Cs3cYl1N1VbH9cYU=';
  const uncommented = lines.filter((line) => entry.test(line)).map((line) => line.slice(2));
  const load = (env: object) => ({ ...loadOrFail({ ...env, SECRET_KEY }).config, effective: undefined });
  expect(load(parseEnv(uncommented.join('\n')))).toEqual(load({}));
});
