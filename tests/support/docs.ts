import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from './server-process.ts';

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

/** The code block of the page whose first line is ```language file. Indented blocks belong to list items. */
export function docsBlock(page: string, file: string): string {
  const name = file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const block = new RegExp(`^( *)\`\`\`\\w+ ${name}\\n([\\s\\S]*?)^\\1\`\`\`$`, 'm').exec(
    readFileSync(join(DOCS, page), 'utf8'),
  );
  if (block?.[2] === undefined) throw new Error(`docs/${page} has no code block ${file}`);
  return block[2].replaceAll(new RegExp(`^${block[1]}`, 'gm'), '');
}

/**
 * Writes code blocks of the page to the files that they name, in a new directory.
 * @param values what replaces the example values of the page; each of them must occur
 */
export function writeDocsBlocks(page: string, files: readonly string[], values: Record<string, string>): string {
  const directory = temporaryDirectory('docs');
  const texts = files.map((file) => docsBlock(page, file));
  for (const example of Object.keys(values))
    if (!texts.some((text) => text.includes(example))) throw new Error(`${files} of ${page} do not contain ${example}`);
  const pattern = new RegExp(
    Object.keys(values)
      .map((example) => example.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('|'),
    'g',
  );
  texts.forEach((text, index) => {
    const path = join(directory, files[index] ?? '');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, pattern.source === '' ? text : text.replace(pattern, (example) => values[example] ?? example));
  });
  return directory;
}
