import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { at, filesIn } from './places.mjs';

const OUT = at('assets/web');

/** All chunks that the entry imports without waiting, each after those that it imports: so are their styles. */
function importsOf(chunk, chunks, found = new Set(), visited = new Set()) {
  for (const file of chunk.imports) {
    if (visited.has(file)) continue;
    visited.add(file);
    importsOf(chunks.get(file), chunks, found, visited);
    found.add(file);
  }
  return found;
}

/** Builds the account pages and the console into assets/web/, each file also compressed with Brotli. */
export const web = {
  name: 'web',
  makes: 'account pages and console',
  folders: ['web', 'packages/client/src', 'src/messages/problem-words'],
  async build() {
    // Also for tests, whose NODE_ENV would give them the development build of React.
    process.env.NODE_ENV = 'production';
    const { output } = await build({ configFile: at('web/vite.config.ts'), logLevel: 'warn' });
    const chunks = new Map(output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]));
    const stylesOf = (file) => [...(chunks.get(file).viteMetadata?.importedCss ?? [])];
    const entries = [...chunks.values()].filter(({ isEntry }) => isEntry);
    const index = {
      entries: Object.fromEntries(
        entries.map((entry) => {
          const imports = [...importsOf(entry, chunks)];
          const styles = [...new Set([...imports, entry.fileName].flatMap(stylesOf))];
          return [entry.name, { script: entry.fileName, imports, styles }];
        }),
      ),
      files: output.map(({ fileName }) => fileName),
    };
    for (const name of index.files)
      writeFileSync(`${OUT}/${name}.br`, brotliCompressSync(readFileSync(`${OUT}/${name}`)));
    writeFileSync(`${OUT}/index.json`, JSON.stringify(index));
    const names = ['index.json', ...index.files.flatMap((name) => [name, `${name}.br`])];
    const outputs = names.map((name) => `${OUT}/${name}`);
    // Last, so that a service that runs meanwhile finds the old files or the new ones.
    for (const file of filesIn(OUT)) if (!outputs.includes(file)) rmSync(file);
    return { inputs: [], outputs };
  },
};
