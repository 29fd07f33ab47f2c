import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../../src/config/settings.ts';
import { variableName } from '../../src/core/settings/setting-group.ts';
import { findDisplay } from '../../src/core/settings/visible.ts';
import { SOCIAL_PROVIDERS } from '../../src/features/social/providers/registry.ts';
import { SMS_GATEWAYS } from '../../src/infra/sms/registry.ts';
import { deploymentFiles, readRoot, readYaml } from '../support/deployment.ts';
import { loadValid } from '../support/settings.ts';

// The chart needs Helm to be rendered; these tests need only its files.

const CHART = 'deploy/helm/latchkey';
type Values = Record<string, unknown>;
const defaults: Values = readYaml(`${CHART}/values.yaml`);
const least: Values = readYaml(`${CHART}/ci/values.yaml`);
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(
  JSON.parse(readRoot(`${CHART}/values.schema.json`)),
);

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** As Helm does: values replace defaults, objects are merged. */
function merge(base: Values, over: Values): Values {
  const merged = Object.entries(over).map(([name, value]) => {
    const old = base[name];
    return [name, isObject(old) && isObject(value) ? merge(old, value) : value];
  });
  return { ...base, ...Object.fromEntries(merged) };
}

function problems(values: Values): string[] {
  validate(merge(merge(defaults, least), values));
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

describe('the schema of the values', () => {
  test.each(['values', 'everything'])('accepts ci/%s.yaml', (file) => {
    expect(problems(readYaml(`${CHART}/ci/${file}.yaml`))).toEqual([]);
  });

  test('requires what has no default', () => {
    validate(defaults);
    const paths = new Set((validate.errors ?? []).map(({ instancePath }) => instancePath));
    expect(paths).toEqual(new Set(['/image/repository', '/settings/PUBLIC_URL', '/secrets/existingSecret']));
  });

  test.each<[string, Values]>([
    ['plain http', { settings: { PUBLIC_URL: 'http://auth.example.com' } }],
    ['a path', { settings: { PUBLIC_URL: 'https://example.com/auth' } }],
    ['a setting of the chart itself', { settings: { PORT: 80 } }],
    ['a name that is none', { settings: { 'public-url': 'x' } }],
    ['no database', { secrets: { keys: ['SECRET_KEY'] } }],
    ['a misspelled value', { replicaCount: 3 }],
    ['a misspelled value inside', { ingress: { enable: true } }],
    ['no replica', { replicas: 0 }],
  ])('refuses %s', (_, values) => {
    expect(problems(values)).not.toEqual([]);
  });

  const groups = [...SMS_GATEWAYS, ...SOCIAL_PROVIDERS];
  const secrets = [
    ...Object.entries(SETTINGS).flatMap(([name, schema]) => (findDisplay(schema) ? [] : name)),
    ...groups.flatMap(({ prefix, settings }) =>
      Object.entries(settings).flatMap(([name, schema]) =>
        findDisplay(schema) ? [] : variableName(prefix, name).replace('<NAME>', 'APPLE'),
      ),
    ),
    // Shown without their passwords.
    'DATABASE_URL',
    'REDIS_URL',
    'SMTP_URL',
  ];

  test.each(secrets)('refuses the secret %s among the settings', (name) => {
    expect(problems({ settings: { [name]: 'x' } })).not.toEqual([]);
    expect(problems({ secrets: { keys: ['SECRET_KEY', 'DATABASE_URL', name].filter(isFirst) } })).toEqual([]);
  });
});

const isFirst = (value: string, index: number, all: string[]) => all.indexOf(value) === index;

const templates = deploymentFiles.filter((file) => file.startsWith(`${CHART}/templates/`)).map(readRoot);

test('the templates use every value, and no other', () => {
  const used = new Set(templates.flatMap((text) => [...text.matchAll(/\.Values\.([\w.]+)/g)].map(([, path]) => path)));
  const isUsed = (path: string): boolean => [...used].some((one) => path === one || path.startsWith(`${one}.`));
  const leaves = (values: Values, prefix = ''): string[] =>
    Object.entries(values).flatMap(([name, value]) =>
      isObject(value) && Object.keys(value).length > 0 ? leaves(value, `${prefix}${name}.`) : `${prefix}${name}`,
    );
  expect(leaves(defaults).filter((path) => !isUsed(path))).toEqual([]);
  const exists = (path: string) =>
    path.split('.').reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), defaults) !==
    undefined;
  expect([...used].filter((path) => !exists(path ?? ''))).toEqual([]);
});

test('the memory limit is enough for the hashes that run at the same time', () => {
  const { settings, resources } = readYaml(`${CHART}/values.yaml`);
  const limit = Number(/^(\d+)Mi$/.exec(resources.limits.memory)?.[1]);
  const hashes = (settings.HASH_CONCURRENCY * loadValid({}).passwords.argon2.memoryKib) / 1024;
  // MiB that the service needs besides: docs/benchmarks.md.
  expect(limit).toBeGreaterThan(2 * (220 - 2 * 19) + hashes);
});

test('settings of metrics are set only if metrics are on', () => {
  const [helpers = ''] = templates.filter((text) => text.includes('METRICS_PORT'));
  const [, inside = ''] = /\{\{- if \.Values\.metrics\.enabled \}\}([\s\S]*?)\{\{- end \}\}/.exec(helpers) ?? [];
  expect(inside).toContain('METRICS_PORT');
  expect(templates.join('').replace(inside, '')).not.toMatch(/METRICS_(?:PORT|HOST)/);
  expect(defaults).toMatchObject({ metrics: { enabled: false, serviceMonitor: { enabled: false } } });
});
