import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export const readRoot = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** All files of deploy/, by their paths from the root. */
export const deploymentFiles = readdirSync(join(ROOT, 'deploy'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));

/** A file in YAML. Its anchors and merge keys are resolved. */
export const readYaml = (path: string) => parse(readRoot(path), { merge: true });

/** What is not valid in a file in YAML. */
export const yamlProblems = (path: string): string[] =>
  parseAllDocuments(readRoot(path)).flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].map(({ message }) => `${path}: ${message}`),
  );

interface Instruction {
  name: string;
  text: string;
}

/** The instructions of a Dockerfile, each on one line. */
export const readDockerfile = (path: string): Instruction[] =>
  readRoot(path)
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', text = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
      return { name, text };
    });

/** NAME=value pairs. */
export const readPairs = (text: string): Record<string, string> =>
  Object.fromEntries([...text.matchAll(/([A-Z][A-Z0-9_]*)=("[^"]*"|\S*)/g)].map(([, name, value]) => [name, value]));
