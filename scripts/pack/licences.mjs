import { readdirSync, readFileSync } from 'node:fs';
import { at } from '../build/places.mjs';
import { readJson } from './production.mjs';

/** Licences that allow us to pass a package on, changed or not, if its notices come with it. */
const ALLOWED = [
  '(MIT AND BSD-3-Clause)',
  '0BSD',
  'Apache-2.0',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
];

/** What packages contain under another licence, which they do not mention. */
const CONTAINED = [{ name: '@electric-sql/pglite', content: 'PostgreSQL', licence: 'PostgreSQL' }];

const hasText = (path) => readdirSync(at(path)).some((file) => /^(?:un)?licen[cs]e|^copying/i.test(file));
const standardText = (licence) => readFileSync(at(`scripts/pack/licences/${licence}.txt`), 'utf8').trimEnd();
const authorOf = ({ author, name }) => (typeof author === 'object' ? author.name : author) ?? `the authors of ${name}`;

/** A list of the bundled packages, with the texts of licences that they do not bring themselves. */
export function thirdPartyNotice(bundled) {
  const packages = bundled.map(({ path }) => ({ path, ...readJson(at(`${path}/package.json`)) }));
  for (const { path, license } of packages)
    if (!ALLOWED.includes(license)) throw new Error(`${path}: may a package with the licence ${license} be passed on?`);

  const rows = packages.map(({ path, name, version, license }) => {
    const place = hasText(path) ? `in \`${path}\`` : 'below';
    return `| ${name} | ${version} | ${license} | ${place} |`;
  });
  const without = packages.filter(({ path }) => !hasText(path));
  const contained = CONTAINED.filter(({ name }) => packages.some((one) => one.name === name));
  const sections = [...new Set([...without.map(({ license }) => license), ...contained.map(({ licence }) => licence)])]
    .sort()
    .map((licence) => {
      const owners = [
        ...without.filter(({ license }) => license === licence).map((one) => `${one.name}: ${authorOf(one)}`),
        ...contained.filter((one) => one.licence === licence).map(({ name, content }) => `${name}: ${content}`),
      ];
      return `## ${licence}\n\n${owners.map((owner) => `- ${owner}`).join('\n')}\n\n${standardText(licence)}\n`;
    });
  return `# Packages of others

Latchkey is installed with these packages, each under its own licence. Of each, source maps, TypeScript, tests and
documentation are left out. The
\`package.json\` of some is changed: versions of dependencies are those that were tested, and no script runs at installation.

| package | version | licence | its text |
|---|---|---|---|
${rows.join('\n')}

${sections.join('\n')}`;
}
