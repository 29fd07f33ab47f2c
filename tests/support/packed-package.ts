import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../rules/sources.ts';
import { temporaryDirectory } from './server-process.ts';
import { STARTS_PROGRAMS } from './servers.ts';

const run = promisify(execFile);

interface PackedPackage {
  /** In packages/. */
  name: string;
  /** TypeScript that uses every entry and the types that callers see. */
  program: string;
  /** What it prints. */
  output: string;
  dependencies: string[];
  /** Files beside the compiled modules and their types. */
  files: string[];
  /** Peers and types that the program needs. */
  installed?: string[];
  lib?: string;
}

/** Packs a package of this repository, and uses it as a service does that installed the file. */
export function describePackedPackage({
  name,
  program,
  output,
  dependencies,
  files,
  installed = [],
  lib,
}: PackedPackage) {
  describe(`the package @latchkey/${name}, packed and installed in an empty project`, STARTS_PROGRAMS, () => {
    let project: string;
    const source = join(ROOT, 'packages', name);
    beforeAll(async () => {
      project = temporaryDirectory(name);
      const npm = (args: string[], cwd: string) => run('npm', args, { cwd });
      await npm(['pack', '--silent', '--pack-destination', project], source);
      const archive = readdirSync(project).find((file) => file.endsWith('.tgz')) ?? '';
      writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
      const quiet = ['--no-audit', '--no-fund', '--no-save', '--prefer-offline'];
      await npm(['install', ...quiet, `./${archive}`], project);
      const own = readdirSync(join(project, 'node_modules')).filter((folder) => !/^[.@]/.test(folder));
      expect(own).toEqual(dependencies);
      const compilers = ['typescript-5@npm:typescript@5', 'typescript-7@npm:typescript@7'];
      await npm(['install', ...quiet, `./${archive}`, ...compilers, '@types/node@20', ...installed], project);
      writeFileSync(join(project, 'program.ts'), program);
    });

    test('contains the compiled program and its types, and nothing else', async () => {
      const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: source });
      const [{ files: packed }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
      const others = packed.map(({ path }) => path).filter((path) => !/^dist\/[\w/-]+\.(?:js|d\.ts)$/.test(path));
      expect(others.sort()).toEqual(['README.md', ...files, 'package.json'].sort());
    });

    const options = ['--strict', '--exactOptionalPropertyTypes', '--target', 'es2022', '--types', 'node'];
    const compile = (compiler: string, ...more: string[]) =>
      run(
        process.execPath,
        [
          join(project, 'node_modules', compiler, 'bin/tsc'),
          ...options,
          ...(lib ? ['--lib', lib] : []),
          ...more,
          'program.ts',
        ],
        { cwd: project },
      ).catch(({ stdout }: { stdout: string }) => Promise.reject(new Error(stdout)));

    test.each([
      ['typescript-5', 'nodenext'],
      ['typescript-7', 'bundler'],
    ])('passes the type check of %s with module resolution %s', async (compiler, resolution) => {
      const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
      await compile(compiler, '--noEmit', '--module', module, '--moduleResolution', resolution);
    });

    test('runs', async () => {
      await compile('typescript-7', '--outDir', 'out', '--module', 'nodenext');
      const { stdout } = await run(process.execPath, ['out/program.js'], { cwd: project });
      expect(stdout).toBe(output);
    });
  });
}
