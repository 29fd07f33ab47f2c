import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let home: string;
const read = (path: string) => readFileSync(join(home, path), 'utf8');
const modified = (path: string) => statSync(join(home, path)).mtimeMs;
/** Older than the next build, which otherwise could not tell whether it read the file before or after the change. */
function write(path: string, text: string, time = Date.now() / 1000 - 60): void {
  mkdirSync(dirname(join(home, path)), { recursive: true });
  writeFileSync(join(home, path), text);
  utimesSync(join(home, path), time, time);
}

/** A checkout with a program of two modules. */
beforeEach(() => {
  home = temporaryDirectory('build');
  for (const name of ['scripts', 'schema', 'package.json', 'tsconfig.json', 'tsconfig.build.json'])
    cpSync(join(ROOT, name), join(home, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(home, 'node_modules'));
  write('src/greet.ts', "export const greet = (name: string): string => 'Hello, '.concat(name);\n");
  write('src/cli.ts', "import { greet } from './greet.ts';\nprocess.stdout.write(greet('Ada'));\n");
});

function build(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.mjs', ...args], {
    cwd: home,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
function expectBuilt(...args: string[]): void {
  expect(build(...args)).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('building') });
}
const expectFresh = (...args: string[]): void => expect(build(...args)).toEqual({ status: 0, stderr: '', stdout: '' });
const run = () => spawnSync(process.execPath, ['dist/cli.js'], { cwd: home, encoding: 'utf8' }).stdout;

describe('a build of the program', STARTS_PROGRAMS, () => {
  test('does nothing if nothing has changed', () => {
    expectBuilt('program');
    expect(run()).toBe('Hello, Ada');
    const before = modified('dist/cli.js');
    expectFresh('program');
    expectFresh('program', '--quick');
    expect(modified('dist/cli.js')).toBe(before);
  });

  test('compiles a changed source, also if its time says that it is old', () => {
    expectBuilt('program', '--quick');
    write('src/greet.ts', read('src/greet.ts').replace('Hello', 'Salom'), 1_000_000);
    expectBuilt('program', '--quick');
    expect(run()).toBe('Salom, Ada');
  });

  test('compiles a new source and removes what is left of a removed one', () => {
    expectBuilt('program');
    write('src/part.ts', read('src/greet.ts').replace('Hello', 'Welcome'));
    write('src/cli.ts', read('src/cli.ts').replace('greet.ts', 'part.ts'));
    rmSync(join(home, 'src/greet.ts'));
    expectBuilt('program');
    expect(run()).toBe('Welcome, Ada');
    expect(() => read('dist/greet.js')).toThrow('ENOENT');
    expectFresh('program');
  });

  test('restores files that are missing or were changed', () => {
    expectBuilt('program');
    rmSync(join(home, 'dist/greet.js'));
    expectBuilt('program');
    expect(run()).toBe('Hello, Ada');
    write('dist/greet.js', 'export const greet = () => "broken";\n');
    expectBuilt('program');
    expect(run()).toBe('Hello, Ada');
  });

  test('compiles again with other settings of the compiler', () => {
    expectBuilt('program');
    write('tsconfig.build.json', read('tsconfig.build.json').replace('"sourceMap": true', '"sourceMap": false'));
    expectBuilt('program');
  });

  test('fails with the errors of the compiler until they are gone; a quick one does not look for them', () => {
    const right = read('src/greet.ts');
    write('src/greet.ts', right.replace('name);', 'name).length;'));
    expectBuilt('program', '--quick');
    for (let time = 0; time < 2; time += 1)
      expect(build('program')).toMatchObject({
        status: 1,
        stderr: expect.stringContaining('src/greet.ts(1,48): error'),
      });
    write('src/greet.ts', right);
    expectBuilt('program');
    expect(run()).toBe('Hello, Ada');
  });

  test('a source that is changed during a build is compiled by the next one', () => {
    const soon = Date.now() / 1000 + 60;
    write('src/greet.ts', read('src/greet.ts'), soon);
    expectBuilt('program');
    expectBuilt('program');
  });
});

describe('a build of the scripts for browsers', STARTS_PROGRAMS, () => {
  test('bundles again what has changed, and only that', () => {
    // They are bundled, too.
    for (const path of ['src/features/credentials', 'web/shared/prefix.ts'])
      cpSync(join(ROOT, path), join(home, path), { recursive: true });
    expectBuilt('graphiql', 'pages');
    expectFresh('graphiql', 'pages');
    const bundle = read('assets/graphiql/graphiql.js');

    write('scripts/graphiql/page.css', `${read('scripts/graphiql/page.css')}\n.new { color: red; }\n`);
    expect(build('graphiql', 'pages').stdout).toContain('building GraphiQL\n');
    expect(read('assets/graphiql/graphiql.css')).toContain('.new{color:red}');
    expect(read('assets/graphiql/graphiql.js')).toBe(bundle);

    write('schema/operations/health.graphql', 'query NewHealth {\n  health {\n    status\n  }\n}\n');
    expect(build('graphiql', 'pages').stdout).toContain('building GraphiQL\n');
    expect(read('assets/graphiql/graphiql.js')).toContain('query NewHealth');

    const strength = 'src/features/credentials/password-strength.ts';
    write(strength, `${read(strength)}\nconsole.info('changed');\n`);
    expect(build('graphiql', 'pages').stdout).toContain('building scripts of pages\n');
    expect(read('assets/pages/estimate.js')).toContain('changed');
    expectFresh('graphiql', 'pages');
  });

  test('renders the documentation again, and removes pages that are gone', () => {
    for (const name of ['docs', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'])
      cpSync(join(ROOT, name), join(home, name), { recursive: true });
    expectBuilt('docs');
    expectFresh('docs');
    write('docs/new.md', '# A new page\n');
    expectBuilt('docs');
    expect(read('assets/docs/new.json')).toContain('A new page');
    rmSync(join(home, 'docs/new.md'));
    expectBuilt('docs');
    expect(() => read('assets/docs/new.json')).toThrow('ENOENT');
  });

  test('an unknown step is refused', () => {
    expect(build('grafiql')).toMatchObject({
      status: 1,
      stderr: 'the steps are program, graphiql, pages, web, docs, embedded\n',
    });
  });
});

describe('a build of the empty embedded database', STARTS_PROGRAMS, () => {
  async function describeDatabase(loadDataDir?: Blob) {
    const database = await PGlite.create(loadDataDir ? { loadDataDir } : {});
    const { rows: settings } = await database.query('select name, setting from pg_settings order by name');
    const { rows: databases } = await database.query(
      'select datname, encoding, datcollate, datctype, datlocprovider from pg_database order by datname',
    );
    const { rows: tables } = await database.query(
      "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    await database.close();
    return { settings, databases, tables };
  }

  test('makes one like a new one', async () => {
    expectBuilt('embedded');
    const file = readFileSync(join(home, 'assets/embedded/empty.tar.gz'));
    expect(await describeDatabase(new Blob([file], { type: 'application/x-gzip' }))).toEqual(await describeDatabase());
    expectFresh('embedded');
  });
});
