// Writes docs/settings.md from .env.example: a table for each of its sections.
import { readFileSync, writeFileSync } from 'node:fs';
import { readExample } from '../dist/config/example-sections.js';

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text) => (text ? `\`${text.replaceAll('|', '\\|')}\`` : '');

const { intro, sections } = readExample(readFileSync('.env.example', 'utf8'));

function printSection({ title, parts }) {
  const output = ['', `## ${title}`];
  let inTable = false;
  for (const { name, value, text } of parts) {
    if (!name) output.push('', cell(text));
    else {
      if (!inTable) output.push('', '| variable | default | meaning |', '|---|---|---|');
      output.push(`| ${code(name)} | ${code(value)} | ${cell(text)} |`);
    }
    inTable = name !== undefined;
  }
  return output;
}

const lines = [
  '# Settings',
  '',
  intro,
  '',
  '<!-- Generated from .env.example by npm run generate. -->',
  ...sections.flatMap(printSection),
];
writeFileSync('docs/settings.md', `${lines.join('\n')}\n`);
