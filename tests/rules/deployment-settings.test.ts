import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SETTING_NAMES } from '../../src/config/settings.ts';
import { type Environment, loadConfig } from '../../src/config.ts';
import { listVariables } from '../../src/core/settings/setting-group.ts';
import { SOCIAL_PROVIDERS } from '../../src/features/social/providers/registry.ts';
import { SMS_GATEWAYS } from '../../src/infra/sms/registry.ts';
import { deploymentFiles, readDockerfile, readPairs, readRoot, readYaml } from '../support/deployment.ts';
import { SECRET_KEY } from '../support/settings.ts';

// The program refuses to start with a setting that does not exist or is not valid.

const settings = new Set<string>([...SETTING_NAMES, ...[...SMS_GATEWAYS, ...SOCIAL_PROVIDERS].flatMap(listVariables)]);

/** Names in capitals that are not settings of ours. */
const OTHERS: Record<string, string> = {
  NODE_VERSION: 'an argument of the Dockerfile',
  LATCHKEY_IMAGE: 'a variable of compose.yaml',
  LATCHKEY_PORT: 'a variable of compose.yaml',
  MAILPIT_PORT: 'a variable of compose.yaml',
  POSTGRES_USER: 'of the image postgres',
  POSTGRES_DB: 'of the image postgres',
  POSTGRES_PASSWORD_FILE: 'of the image postgres',
  NODE_EXTRA_CA_CERTS: 'of Node.js',
  NAME_FILE: 'stands for any setting',
  AF_INET: 'of systemd',
  AF_INET6: 'of systemd',
  AF_UNIX: 'of systemd',
};
const NAME = /(?<![A-Za-z0-9_$-])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![A-Za-z0-9_-])/g;

/** Dashboards and alerts name metrics and codes of errors instead. */
const files = [...deploymentFiles.filter((file) => !/grafana|prometheus/.test(file)), 'docs/deployment.md'];

test.each(files)('every setting that %s names exists', (file) => {
  const names = new Set(readRoot(file).match(NAME));
  const unknown = [...names].filter((name) => !settings.has(name.replace(/_FILE$/, '')) && !(name in OTHERS));
  expect(unknown).toEqual([]);
});

test('the list of other names has no superfluous ones', () => {
  const text = files.map(readRoot).join('\n');
  expect(Object.keys(OTHERS).filter((name) => !text.includes(name))).toEqual([]);
});

describe('the program accepts the settings of', () => {
  const directory = mkdtempSync(join(tmpdir(), 'latchkey-deployment-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  const SECRETS: Record<string, string> = {
    SECRET_KEY,
    DATABASE_URL: 'postgres://latchkey:secret@db/latchkey',
    REDIS_URL: 'redis://:secret@redis:6379',
    SMTP_URL: 'smtp://mail:25',
  };
  /** Loads variables of which those that end with _FILE name files with secrets. */
  function load(env: Environment) {
    const withFiles = Object.entries(env).map(([variable, value]) => {
      const secret = SECRETS[variable.replace(/_FILE$/, '')];
      if (!variable.endsWith('_FILE')) return [variable, value];
      const file = join(directory, variable);
      writeFileSync(file, secret ?? '');
      return [variable, file];
    });
    return loadConfig(Object.fromEntries(withFiles));
  }
  const image = readPairs(
    readDockerfile('deploy/Dockerfile')
      .filter(({ name }) => name === 'ENV')
      .map(({ text }) => text)
      .join(' '),
  );

  test('the image', () => {
    const env = { ...image, PUBLIC_URL: 'https://auth.example.com', SECRET_KEY_FILE: '', DATABASE_URL_FILE: '' };
    expect(load(env)).toMatchObject({ config: { production: true, http: { host: '0.0.0.0', port: 4000 } } });
  });

  test.each(['latchkey', 'migrate'])('compose.yaml for %s, with its defaults and in production', (service) => {
    const { environment } = readYaml('deploy/compose.yaml').services[service];
    const interpolate = (variables: Record<string, string>) =>
      Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, expand(String(value), variables)]));
    expect(load({ ...image, ...interpolate({}) })).toMatchObject({
      config: { production: false, http: { publicUrl: 'http://localhost:4000' }, mail: { kind: 'smtp' } },
      warnings: [],
    });
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://auth.example.com', SMTP_URL: 'smtps://mx' };
    expect(load({ ...image, ...interpolate(production) })).toMatchObject({
      config: { production: true },
      warnings: [],
    });
  });

  test.each(['values', 'everything'])('the chart with ci/%s.yaml', (file) => {
    const values = readYaml(`deploy/helm/latchkey/ci/${file}.yaml`);
    const defaults = readYaml('deploy/helm/latchkey/values.yaml').settings;
    const texts = Object.entries({ ...defaults, ...values.settings }).map(([name, value]) => [name, String(value)]);
    const files = values.secrets.keys.map((name: string) => [`${name}_FILE`, '']);
    const env = { ...image, ...Object.fromEntries([...texts, ...files]) };
    expect(load(env)).toMatchObject({ config: { production: true, database: { kind: 'postgres' } }, warnings: [] });
  });

  test('the example in the README of the chart', () => {
    const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readRoot('deploy/helm/latchkey/README.md')) ?? [];
    expect(text).toContain('PUBLIC_URL');
    const pairs = [...text.matchAll(/^ {2}([A-Z_]+): (.+)$/gm)].map(([, name, value]) => [name, value]);
    const env = {
      ...image,
      ...Object.fromEntries(pairs),
      SECRET_KEY_FILE: '',
      DATABASE_URL_FILE: '',
      SMTP_URL_FILE: '',
    };
    expect(load(env)).toMatchObject({ config: { production: true }, warnings: [] });
  });

  test('the systemd unit', () => {
    const unit = readRoot('deploy/systemd/latchkey.service').replaceAll(/^#(?=LoadCredential|Environment)/gm, '');
    const pairs = readPairs([...unit.matchAll(/^Environment=(.*)$/gm)].map(([, text]) => text).join(' '));
    const lines = readRoot('deploy/systemd/latchkey.env').replaceAll(/^# (?=[A-Z_]+=)/gm, '');
    const file = Object.fromEntries([...lines.matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]));
    expect(load({ ...pairs, ...file })).toMatchObject({ config: { production: true }, warnings: [] });
    for (const [name, value] of Object.entries(pairs).filter(([name]) => name.endsWith('_FILE')))
      expect(unit).toContain(
        `LoadCredential=${value.replace('%d/', '')}:/etc/latchkey/secrets/${name.replace(/_FILE$/, '')}`,
      );
  });
});

/** Replaces ${NAME:-default} as Compose does. */
function expand(text: string, variables: Record<string, string>): string {
  const inner = /\$\{(\w+):-([^{}]*)\}/;
  for (let match = inner.exec(text); match; match = inner.exec(text))
    text = text.replace(match[0], () => variables[match?.[1] ?? ''] || (match?.[2] ?? ''));
  return text;
}
