import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from './server-process.ts';

// Programs of other languages that run the recipes of docs/resource-server.md, and those that read files of deploy/. See
// .ci/run for their packages.

const runs = (program: string, args: readonly string[]): boolean => {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** A Python with these modules, or undefined. Debian's modules work only with Debian's Python. */
const pythonWith = (...modules: string[]): string | undefined =>
  ['/usr/bin/python3', findProgram('python3')]
    .filter((python) => python !== undefined)
    .find((python) => runs(python, ['-c', `import ${modules.join()}`]));

/** Where Debian's package golang-github-golang-jwt-jwt-dev has it. */
export const GOLANG_JWT = '/usr/share/gocode/src/github.com/golang-jwt/jwt';

const ruby = (): string | undefined =>
  [findProgram('ruby')].find(
    (program) => program && runs(program, ['-e', 'require "jwt"; require "rack"; require "webrick"']),
  );
const nginx = (): string | undefined =>
  [findProgram('nginx', ['/usr/sbin'])].find((program) => program && runs(program, ['-v']));
const caddy = (): string | undefined => [findProgram('caddy')].find((program) => program && runs(program, ['version']));

const LANGUAGES = {
  python: { find: () => pythonWith('jwt', 'cryptography'), missing: 'Python with PyJWT' },
  django: {
    find: () => pythonWith('django', 'rest_framework_simplejwt', 'cryptography'),
    missing: 'Django with SimpleJWT',
  },
  go: { find: () => (existsSync(GOLANG_JWT) ? findProgram('go') : undefined), missing: 'Go with golang-jwt' },
  ruby: { find: ruby, missing: 'Ruby with jwt and rack' },
  nginx: { find: nginx, missing: 'nginx' },
  caddy: { find: caddy, missing: 'Caddy' },
  promtool: { find: () => findProgram('promtool'), missing: 'promtool of Prometheus' },
  systemd: { find: () => findProgram('systemd-analyze'), missing: 'systemd' },
};
export type Language = keyof typeof LANGUAGES;
const found = new Map<Language, string | undefined>();

/** The path of its program, or undefined if the program or a library is not installed. */
export function findLanguage(language: Language): string | undefined {
  if (!found.has(language)) found.set(language, LANGUAGES[language].find());
  return found.get(language);
}

/** Why the recipe of the language cannot run here; undefined if it can. */
export const missingLanguage = (language: Language): string | undefined =>
  findLanguage(language) === undefined ? `${LANGUAGES[language].missing} is not installed` : undefined;

/** Why recipes cannot run here. */
export const missingLanguages = (): string[] =>
  (Object.keys(LANGUAGES) as Language[]).flatMap((language) => missingLanguage(language) ?? []); // Exactly its keys.
