import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deploymentFiles, ROOT, readDockerfile, readRoot, readYaml, yamlProblems } from '../support/deployment.ts';
import { loadValid, PRODUCTION } from '../support/settings.ts';
import { sources } from './sources.ts';

// Where the files of deploy/ depend on the program and on each other.

const manifest = JSON.parse(readRoot('package.json'));
const WORKFLOWS = ['.github/workflows/ci.yml', '.github/workflows/release.yml'];
const dockerfile = readDockerfile('deploy/Dockerfile');
const instructions = (name: string): string[] => dockerfile.flatMap((one) => (one.name === name ? one.text : []));
const compose = readYaml('deploy/compose.yaml');

test.each([...WORKFLOWS, ...deploymentFiles.filter((file) => file.endsWith('.yaml') && !file.includes('/templates/'))])(
  '%s is valid YAML',
  (file) => {
    expect(yamlProblems(file)).toEqual([]);
  },
);

describe('the image', () => {
  const stages = instructions('FROM').map((text) => text.replace(/^--platform=\S+ /, '').split(' ')[0]);

  test('is made of one version of Node.js, on which the gate tests the program', () => {
    expect(new Set(stages).size).toBe(1);
    const [version] = instructions('ARG').flatMap((text) => /^NODE_VERSION=(\d+)$/.exec(text)?.[1] ?? []);
    const [, tested = ''] = /^NODE_VERSIONS=\((.*)\)$/m.exec(readRoot('.ci/run')) ?? [];
    expect(tested.split(' ')).toContain(version);
  });

  test('has what npm run package writes, and its command', () => {
    expect(instructions('RUN').join('\n')).toContain('npm run package -- ');
    expect(manifest.scripts.package).toContain('scripts/pack.mjs');
    const command = `/node_modules/.bin/${Object.keys(manifest.bin)}`;
    expect(instructions('RUN').join('\n')).toContain(`ln -s /app${command} /usr/local/bin/latchkey`);
    expect(readRoot('deploy/systemd/latchkey.service')).toContain(`ExecStart=/opt/latchkey${command} serve\n`);
  });

  test('is built of files that exist, and that its list of files contains', () => {
    const [first, ...rules] = readRoot('deploy/Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    const allowed = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1));
    expect(first).toBe('*');
    expect(allowed.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const local = instructions('COPY').filter((text) => !text.startsWith('--from'));
    const paths = local.flatMap((text) => text.split(' ').slice(0, -1)).filter((path) => path !== '.');
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(paths.filter((path) => !allowed.includes(path.split('/')[0] ?? ''))).toEqual([]);
    expect(rules.filter((rule) => /env$|secret|\.data/.test(rule))).toEqual([]);
  });

  test('runs as an ordinary user, checks itself with the command for it, and stops by SIGTERM', () => {
    expect(instructions('USER')).toEqual(['1000:1000']);
    expect(instructions('HEALTHCHECK')).toEqual([expect.stringMatching(/CMD \["latchkey", "health"\]$/)]);
    expect(instructions('ENTRYPOINT')).toEqual(['["latchkey"]']);
    expect(instructions('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(instructions('EXPOSE')).toEqual([PORT]);
    const variables = instructions('ENV').join(' ');
    expect(variables).toContain(`PORT=${PORT} `);
    expect(instructions('VOLUME')).toEqual([/DATA_DIR=(\S+)/.exec(variables)?.[1]]);
  });
});

/** The default of PORT. */
const PORT = '4000';

test('every place uses the port and the paths of the program', () => {
  expect(compose.services.latchkey.ports).toEqual([expect.stringMatching(new RegExp(`:${PORT}$`))]);
  expect(String(readYaml('deploy/helm/latchkey/values.yaml').port)).toBe(PORT);
  expect(readRoot('deploy/nginx/latchkey.conf')).toContain(`127.0.0.1:${PORT} `);
  expect(readRoot('deploy/caddy/Caddyfile')).toContain(`127.0.0.1:${PORT} `);
  const health = sources.find(({ file }) => file === 'http/health.ts')?.code;
  const probed = deploymentFiles.flatMap((file) => readRoot(file).match(/\/(?:health|ready|live)z?\b(?=[\s,])/g) ?? []);
  expect(new Set(probed)).toEqual(new Set(['/healthz', '/readyz']));
  for (const path of probed) expect(health).toContain(`'${path}'`);
});

describe('compose.yaml', () => {
  const secrets: string = readRoot('deploy/compose/make-secrets.sh');
  const services: [string, { environment?: Record<string, string>; command?: unknown; image: string }][] =
    Object.entries(compose.services);

  test('every secret that a service reads is made', () => {
    const text = JSON.stringify(services);
    const read = [...text.matchAll(/\/run\/latchkey\/([\w.-]+)/g)].map(([, name]) => name);
    expect(new Set(read).size).toBeGreaterThan(3);
    expect(read.filter((name) => !secrets.includes(`write ${name} `))).toEqual([]);
  });

  test('contains no secret', () => {
    const inline = services.flatMap(([, { environment = {} }]) =>
      Object.keys(environment).filter((name) => /(?:KEY|PASSWORD|SECRET|TOKEN|DATABASE_URL|REDIS_URL)$/.test(name)),
    );
    expect(inline).toEqual([]);
  });

  test('the service starts after its migration, and that after the database', () => {
    const { latchkey, migrate, postgres } = compose.services;
    expect(latchkey.depends_on.migrate.condition).toBe('service_completed_successfully');
    expect(migrate.depends_on.postgres.condition).toBe('service_healthy');
    expect(postgres.depends_on.secrets.condition).toBe('service_completed_successfully');
    expect(migrate.command).toEqual(['migrate']);
  });

  test('ports are open to this machine only, and the servers to the service only', () => {
    const ports = services.flatMap(([, service]) => ('ports' in service ? (service.ports as string[]) : []));
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(compose.networks.data.internal).toBe(true);
    for (const name of ['postgres', 'redis']) expect(compose.services[name].networks).toEqual(['data']);
  });
});

test('what stops the service waits longer than its requests may take', () => {
  const bound = Number(/const BOUND = ([\d_]+);/.exec(readRoot('src/http/drain.ts'))?.[1]?.replace('_', ''));
  const longest = (loadValid(PRODUCTION).http.drainDelay + bound) / 1_000;
  const times = [
    /^TimeoutStopSec=(\d+)$/m.exec(readRoot('deploy/systemd/latchkey.service'))?.[1],
    /^(\d+)s$/.exec(compose.services.latchkey.stop_grace_period)?.[1],
    readYaml('deploy/helm/latchkey/values.yaml').terminationGracePeriod,
  ];
  expect(longest).toBeGreaterThan(10);
  for (const time of times) expect(Number(time)).toBeGreaterThan(longest + 5);
});

describe('workflows', () => {
  test.each(WORKFLOWS)('%s uses actions of a fixed version, with as few rights as possible', (file) => {
    const { permissions, jobs } = readYaml(file);
    expect(permissions).toEqual({ contents: 'read' });
    const steps = Object.values<{ steps: { uses?: string }[] }>(jobs).flatMap(({ steps }) => steps);
    const unpinned = steps.flatMap(({ uses }) => (uses && !/@(?:v\d+|[0-9a-f]{40})$/.test(uses) ? uses : []));
    expect(unpinned).toEqual([]);
  });

  test('the release builds the image of deploy/Dockerfile with provenance and a list of its parts', () => {
    const { steps } = readYaml('.github/workflows/release.yml').jobs.image;
    const build = steps.find(({ uses = '' }) => uses.startsWith('docker/build-push-action@'));
    expect(build.with).toMatchObject({ file: 'deploy/Dockerfile', sbom: true, provenance: 'mode=max' });
  });
});

test('the packages and the chart have one version', () => {
  const { version, appVersion } = readYaml('deploy/helm/latchkey/Chart.yaml');
  const packages = ['packages/client', 'packages/verify'].map(
    (path) => JSON.parse(readRoot(`${path}/package.json`)).version,
  );
  expect(new Set([version, appVersion, ...packages])).toEqual(new Set([manifest.version]));
  expect(readRoot('deploy/Dockerfile')).toContain(`ARG VERSION=${manifest.version}\n`);
});

test('the changelog has the form of Keep a Changelog, the newest version first', () => {
  const text = readRoot('CHANGELOG.md');
  const titles = [...text.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(titles[0]).toBe('[Unreleased]');
  for (const title of titles.slice(1)) expect(title).toMatch(/^\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$/);
  const kinds = [...text.matchAll(/^### (.*)$/gm)].map(([, kind]) => kind);
  expect(kinds.filter((kind) => !/^(?:Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(kind ?? ''))).toEqual([]);
});
