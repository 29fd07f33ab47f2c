// What each step has read and written, recorded in .build/. Files are compared by content, not by time: a checkout or a
// copy sets times anew.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { at, filesIn, ROOT } from './places.mjs';

const recordFile = ({ name }) => at(`.build/${name}.json`);

const toPaths = (files) => [...new Set(files.map((file) => relative(ROOT, file)))].sort();
const digest = (path) =>
  createHash('sha256')
    .update(readFileSync(at(path)))
    .digest('base64');
const digests = (paths) => Object.fromEntries(paths.map((path) => [path, digest(path)]));
const areUnchanged = (known) =>
  Object.entries(known).every(([path, content]) => existsSync(at(path)) && digest(path) === content);

/** The list of installed packages, compilers included, and the scripts that build. */
const toolPaths = () =>
  toPaths([
    ...[at('node_modules/.package-lock.json'), at('package-lock.json'), at('scripts/build.mjs')].filter(existsSync),
    ...filesIn(at('scripts/build')),
  ]);

/** The folders of which a step may read any file: a new one is a change. */
const listFolders = ({ folders }) => toPaths(folders.flatMap((folder) => filesIn(at(folder))));

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** What the last build recorded; undefined if there was none. `isFresh`: the step has nothing to do. */
export function readRecord(step) {
  if (!existsSync(recordFile(step))) return undefined;
  const { kind, paths, inputs, outputs } = JSON.parse(readFileSync(recordFile(step), 'utf8'));
  const hasOutputs = areUnchanged(outputs);
  const hasInputs = isSame(paths, [...toolPaths(), ...listFolders(step)]) && areUnchanged(inputs);
  return { hasOutputs, isFresh: hasOutputs && hasInputs && (step.accepts?.(kind) ?? true) };
}

/**
 * @param inputs files that it has read, besides its folders
 * @param outputs files that it has written
 * @param began when it began: what has changed since then may not be in its outputs
 */
export function writeRecord(step, { inputs, outputs, began }) {
  const paths = [...toolPaths(), ...listFolders(step)];
  const read = [...new Set([...paths, ...toPaths(inputs)])];
  rmSync(recordFile(step), { force: true });
  if (read.some((path) => statSync(at(path)).mtimeMs >= began)) return;
  mkdirSync(at('.build'), { recursive: true });
  const record = { kind: step.kind, paths, inputs: digests(read), outputs: digests(toPaths(outputs)) };
  writeFileSync(recordFile(step), JSON.stringify(record));
}
