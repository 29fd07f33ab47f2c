import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../rules/sources.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const run = promisify(execFile);

/** Uses every entry and the types that callers see. */
const PROGRAM = `
import { createServer } from 'node:http';
import { type AccessClaims, createVerifier, requireRoles, requireScopes, VerificationError, type Verifier } from '@latchkey/verify';
import * as apollo from '@latchkey/verify/apollo';
import * as express from '@latchkey/verify/express';
import * as fastify from '@latchkey/verify/fastify';
import { createSocketAuth } from '@latchkey/verify/graphql-ws';
import { useAccessTokens } from '@latchkey/verify/yoga';

interface Custom { plan: string }
const options = { issuer: 'http://127.0.0.1:9', audience: 'https://api.example.com' };
const verifier: Verifier<Custom> = createVerifier<Custom>(options);
const hooks = [
  express.authenticate(verifier),
  express.requireScopes('a'),
  fastify.authenticate(verifier, { optional: true }),
  apollo.createContext(verifier),
  useAccessTokens(verifier),
  createSocketAuth(verifier).onConnect,
];
export function planOf(claims: AccessClaims<Custom>): string {
  requireScopes(claims, 'a');
  requireRoles(claims, 'ADMIN');
  const scopes: readonly string[] = claims.scopes;
  // @ts-expect-error claims are read-only
  claims.sub = scopes[0];
  return claims.plan;
}
createServer();
try {
  await verifier.verify('not a token');
} catch (error) {
  if (!(error instanceof VerificationError)) throw error;
  const { code, status }: VerificationError = error;
  process.stdout.write(\`\${code} \${status} \${hooks.length}\`);
}
verifier.close();
`;

describe('the package @latchkey/verify, packed and installed in an empty project', STARTS_PROGRAMS, () => {
  let project: string;
  beforeAll(async () => {
    project = temporaryDirectory('verify');
    const npm = (args: string[], cwd: string) => run('npm', args, { cwd });
    await npm(['pack', '--silent', '--pack-destination', project], join(ROOT, 'packages/verify'));
    const archive = readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '';
    writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
    const compilers = ['typescript-5@npm:typescript@5', 'typescript-7@npm:typescript@7'];
    const quiet = ['--no-audit', '--no-fund', '--no-save', '--prefer-offline'];
    await npm(['install', ...quiet, `./${archive}`, ...compilers, '@types/node@20'], project);
    writeFileSync(join(project, 'program.ts'), PROGRAM);
  });

  test('contains the compiled program and its types, and nothing else', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: join(ROOT, 'packages/verify'),
    });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const others = files.map(({ path }) => path).filter((path) => !/^dist\/[\w-]+\.(?:js|d\.ts)$/.test(path));
    expect(others.sort()).toEqual(['README.md', 'package.json']);
  });

  test('has no dependency but jose', () => {
    const installed = readdirSync(join(project, 'node_modules')).filter(
      (name) => !/^[.@]|^typescript|^undici-types/.test(name),
    );
    expect(installed).toEqual(['jose']);
  });

  test.each(
    ['typescript-5', 'typescript-7'].flatMap((compiler) => [
      [compiler, 'nodenext'],
      [compiler, 'bundler'],
    ]),
  )('passes the type check of %s with module resolution %s', async (compiler, resolution) => {
    const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
    const options = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--types', 'node'];
    const tsc = join(project, 'node_modules', compiler, 'bin/tsc');
    const checked = run(
      process.execPath,
      [tsc, ...options, '--module', module, '--moduleResolution', resolution, 'program.ts'],
      { cwd: project },
    );
    await expect(checked.catch(({ stdout }) => Promise.reject(new Error(stdout)))).resolves.toMatchObject({
      stdout: '',
    });
  });

  test('runs', async () => {
    const out = ['--outDir', 'out', '--target', 'es2022', '--module', 'nodenext', '--types', 'node'];
    await run(process.execPath, [join(project, 'node_modules/typescript-7/bin/tsc'), ...out, 'program.ts'], {
      cwd: project,
    });
    const { stdout } = await run(process.execPath, ['out/program.js'], { cwd: project });
    expect(stdout).toBe('malformed 401 6');
  });
});
