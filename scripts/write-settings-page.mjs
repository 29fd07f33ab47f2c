// Writes docs/settings.md from .env.example: a table for each of its sections.
import { readFileSync, writeFileSync } from 'node:fs';

const SECTION = /^# --- (.+?) -+$/;
const ENTRY = /^# ([A-Z][A-Z0-9_<>]*)=(.*)$/;

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text) => (text ? `\`${text.replaceAll('|', '\\|')}\`` : '');

const [intro, ...rest] = readFileSync('.env.example', 'utf8').split(/\n(?=# --- )/);
const words = (lines) => lines.map((line) => line.replace(/^# ?/, '')).join(' ');

/** The paragraphs and the rows of a section. A comment describes the entry below it, or is a paragraph if there is none. */
function readSection(lines) {
  const parts = [];
  let comment = [];
  for (const line of [...lines, '']) {
    const [, name, value] = ENTRY.exec(line) ?? [];
    if (name) parts.push({ name, value, text: words(comment) });
    else if (line === '' && comment.length > 0) parts.push({ text: words(comment) });
    if (name || line === '') comment = [];
    else if (/^# With [A-Z_]+=|:$/.test(line) && comment.length === 0) parts.push({ text: words([line]) });
    else comment.push(line);
  }
  return parts;
}

function printSection(section) {
  const [heading, ...lines] = section.split('\n');
  const [, title] = SECTION.exec(heading);
  const output = ['', `## ${title}`];
  let inTable = false;
  for (const { name, value, text } of readSection(lines)) {
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
  words(intro.trim().split('\n')),
  '',
  '<!-- Generated from .env.example by npm run generate. -->',
  ...rest.flatMap(printSection),
];
writeFileSync('docs/settings.md', `${lines.join('\n')}\n`);
