import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../rules/sources.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const run = promisify(execFile);

/** The TypeScript of a page, block by block. */
const blocksOf = (page: string): { name: string | undefined; text: string; isJsx: boolean }[] =>
  [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^ *```(tsx?)(?: (\S+))?\n([\s\S]*?)^ *```$/gm)].map(
    ([, language, name, text = '']) => ({ name, text, isJsx: language === 'tsx' }),
  );

/** A project in which the packages of this repository are installed from their source. */
function createProject(): string {
  const directory = temporaryDirectory('frontend');
  symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
    compilerOptions: { paths: Record<string, string[]> };
  };
  const paths = Object.fromEntries(
    Object.entries(compilerOptions.paths).map(([name, [path = '']]) => [name, [join(ROOT, path)]]),
  );
  const options = {
    target: 'ES2022',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'ESNext',
    moduleResolution: 'Bundler',
    jsx: 'react-jsx',
    types: ['node'],
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    paths,
  };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['src'] }));
  mkdirSync(join(directory, 'src'));
  // As the types of a bundler have it.
  writeFileSync(join(directory, 'src/css.d.ts'), "declare module '*.css';");
  return directory;
}

describe('the code of docs/frontend.md', STARTS_PROGRAMS, () => {
  test('compiles', async () => {
    const project = createProject();
    const blocks = blocksOf('docs/frontend.md').filter(({ name }) => name !== 'codegen.ts');
    blocks.forEach(({ name, text, isJsx }, index) => {
      writeFileSync(join(project, name ?? `src/block-${index + 1}.${isJsx ? 'tsx' : 'ts'}`), text);
    });
    expect(blocks.length).toBeGreaterThan(5);
    await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', project]).catch(({ stdout }: { stdout: string }) =>
      expect(stdout).toBe(''),
    );
  });

  test('has settings with which graphql-codegen writes typed documents that narrow unions', async () => {
    const project = createProject();
    const [codegen] = blocksOf('docs/frontend.md').filter(({ name }) => name === 'codegen.ts');
    const schema = join(ROOT, 'schema/schema.graphql');
    writeFileSync(
      join(project, 'codegen.ts'),
      (codegen?.text ?? '').replace('node_modules/@latchkey/client/dist/schema.graphql', schema),
    );
    writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
    writeFileSync(
      join(project, 'src/sign-in.ts'),
      `import { getFragmentData, graphql } from './gql/index.ts';
import type { SignInMutation } from './gql/graphql.ts';
export const User = graphql(\`fragment SignedInUser on User { id email createdAt }\`);
export const SignIn = graphql(\`mutation SignIn($input: LoginInput!) {
  login(input: $input) {
    __typename
    ... on Authenticated { accessToken user { ...SignedInUser } }
    ... on InvalidInput { fields { path code message } }
    ... on Problem { message }
  }
}\`);
export function read({ login }: SignInMutation): string {
  switch (login.__typename) {
    case 'Authenticated':
      return getFragmentData(User, login.user).createdAt.slice(0, 10); // DateTime is a text.
    case 'InvalidInput':
      return login.fields[0]?.code === 'REQUIRED' ? login.message : '';
    case 'RateLimited':
      return login.message;
    default:
      return login.__typename;
  }
}
`,
    );
    await run(join(ROOT, 'node_modules/.bin/graphql-codegen'), ['--config', 'codegen.ts'], { cwd: project });
    await run(join(ROOT, 'node_modules/.bin/tsc'), ['-p', project]).catch(({ stdout }: { stdout: string }) =>
      expect(stdout).toBe(''),
    );
  });
});
