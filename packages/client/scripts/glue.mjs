// Counts the code of files as docs/frontend-glue.md does, whatever project they are from.
//   node packages/client/scripts/glue.mjs FILE…
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const LEFT_OUT = [
  /\/\*[\s\S]*?\*\//g,
  /^\s*\/\/.*$/gm,
  /^['"]use client['"];$/gm,
  /^import (?:[\s\S]*?from )?['"][^'"]+['"];$/gm,
  /^(?:export )?interface [\s\S]*?^}$/gm,
  /^(?:export )?type \w+ =[\s\S]*?;$/gm,
];
/** What a component returns, up to the indentation of its `return`. */
const MARKUP = /^( *)return \(\n\s*<[\s\S]*?^\1\);$|^ *return <.*;$/gm;
const HANDLER = /\bon[A-Z]\w*=(?=\{)/g;

/** The lines of the handlers in markup. */
function handlersIn(markup) {
  return [...markup.matchAll(HANDLER)].map(({ index }) => {
    let [depth, end] = [0, markup.indexOf('{', index)];
    do depth += { '{': 1, '}': -1 }[markup[end++]] ?? 0;
    while (depth > 0);
    return markup.slice(index, end);
  });
}

export function countGlue(file) {
  const args = ['format', `--stdin-file-path=${basename(file)}`];
  const formatted = execFileSync('node_modules/.bin/biome', args, {
    cwd: root,
    input: readFileSync(file),
    encoding: 'utf8',
  });
  const code = LEFT_OUT.reduce((text, pattern) => text.replace(pattern, ''), formatted);
  const kept = code.replace(MARKUP, (markup) => handlersIn(markup).join('\n'));
  return kept.split('\n').filter((line) => line.trim() !== '').length;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const file of process.argv.slice(2)) console.log(`${String(countGlue(file)).padStart(5)}  ${file}`);
