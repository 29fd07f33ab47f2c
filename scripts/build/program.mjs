import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { readRecord } from './freshness.mjs';
import { at, filesIn } from './places.mjs';

const TSC = at('node_modules/typescript/bin/tsc');
const BUILD_INFO = at('.build/program.tsbuildinfo');

/** Compiles src/ into dist/. @param checks whether type errors fail the build */
export const program = ({ checks }) => {
  const step = {
    name: 'program',
    makes: 'the program',
    kind: checks ? 'checked' : 'unchecked',
    accepts: (kind) => kind === 'checked' || !checks,
    folders: ['src'],
    async build() {
      // The compiler does not look whether the files that it has written are still there.
      if (!readRecord(step)?.hasOutputs) rmSync(BUILD_INFO, { force: true });
      mkdirSync(at('.build'), { recursive: true });
      await compile(checks ? [] : ['--noCheck']);
      const outputs = filesIn(at('src')).flatMap(outputsOf);
      removeOthers(new Set(outputs));
      return { inputs: [at('tsconfig.json'), at('tsconfig.build.json')], outputs };
    },
  };
  return step;
};

async function compile(options) {
  const args = ['-p', at('tsconfig.build.json'), '--incremental', '--tsBuildInfoFile', BUILD_INFO, ...options];
  try {
    await promisify(execFile)(process.execPath, [TSC, ...args], { cwd: at('.'), maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(error.stdout || error.message);
  }
}

function outputsOf(source) {
  const file = at(`dist/${relative(at('src'), source)}`);
  const compiled = file.replace(/\.(c?)ts$/, '.$1js');
  return compiled === file ? [] : [compiled, `${compiled}.map`];
}

/** Modules whose source is gone. */
function removeOthers(outputs) {
  for (const file of filesIn(at('dist'))) if (!outputs.has(file)) rmSync(file);
}
