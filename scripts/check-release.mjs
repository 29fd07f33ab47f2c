// Checks that a tag such as v0.1.0 is the version of every package and of the chart, and that the changelog has a section
// with a date for it. Prints that section. usage: node scripts/check-release.mjs TAG
import { readFileSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const version = (process.argv[2] ?? '').replace(/^v/, '');
const problems = [];
for (const path of ['package.json', 'packages/client/package.json', 'packages/verify/package.json'])
  if (JSON.parse(read(path)).version !== version) problems.push(`the version in ${path} is not ${version}`);
for (const name of ['version', 'appVersion'])
  if (!read('deploy/helm/latchkey/Chart.yaml').split('\n').includes(`${name}: ${version}`))
    problems.push(`${name} in deploy/helm/latchkey/Chart.yaml is not ${version}`);

const [, section] =
  read('CHANGELOG.md')
    .split(/^(?=## )/m)
    .map((text) => /^## \[(.+)\] - \d{4}-\d\d-\d\d\n([\s\S]*)$/.exec(text) ?? [])
    .filter(([, title]) => title === version)
    .map(([, , text]) => [version, text.trim()])[0] ?? [];
if (!section) problems.push(`CHANGELOG.md has no section "## [${version}] - DATE"`);

if (problems.length > 0) {
  console.error(problems.join('\n'));
  process.exit(1);
}
console.log(section);
