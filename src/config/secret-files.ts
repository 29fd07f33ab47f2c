import { readFileSync } from 'node:fs';
import { type Environment, readText } from './environment.ts';

const ENDING = '_FILE';
/** The only settings of several lines, in PEM format. */
const SEVERAL_LINES = /PRIVATE_KEY$/;

/**
 * Replaces <NAME>_FILE by <NAME> with the content of the file, as Docker and Kubernetes provide secrets. Spaces and line
 * breaks at the ends of the content are ignored.
 * @param isSetting whether a variable is a setting of ours
 */
export function readSecretFiles(
  env: Environment,
  isSetting: (name: string) => boolean,
): { env: Environment; errors: string[] } {
  const resolved: Record<string, string | undefined> = { ...env };
  const errors: string[] = [];
  for (const variable of Object.keys(env)) {
    const name = variable.slice(0, -ENDING.length);
    const file = readText(env, variable);
    if (!variable.endsWith(ENDING) || isSetting(variable) || !isSetting(name)) continue;
    delete resolved[variable];
    if (file === undefined) continue;
    const content = readContent(file, SEVERAL_LINES.test(name));
    if (readText(env, name) !== undefined) errors.push(`${variable} and ${name} exclude each other`);
    else if ('problem' in content) errors.push(`${variable} ${content.problem}`);
    else resolved[name] = content.text;
  }
  return { env: resolved, errors };
}

function readContent(file: string, mayHaveLines: boolean): { text: string } | { problem: string } {
  try {
    const text = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .trim();
    if (text === '') return { problem: 'names an empty file' };
    if (/[\0\uFFFD]/.test(text)) return { problem: 'names a file that is not text in UTF-8' };
    return mayHaveLines || !/[\r\n]/.test(text)
      ? { text }
      : { problem: 'names a file of several lines: write only the value' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { problem: `names a file that cannot be read (${code})` };
  }
}
