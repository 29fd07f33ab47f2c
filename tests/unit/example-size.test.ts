import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../rules/sources.ts';

const FOLDERS = ['examples/react-apollo/src', 'examples/shared'];
/** All of it is there for authentication, apart from its imports. */
const SETUP = 'examples/react-apollo/src/latchkey.ts';

/** Names with which the example makes the client do something, or learns who is signed in. */
const CLIENT = new RegExp(
  `\\b(?:${[
    ...['LatchkeyProvider', 'useSession', 'useUser', 'useSignIn', 'useAction', 'useLatchkey', 'latchkey', 'session'],
    ...['withPassword', 'register', 'withEmailCode', 'withPhoneCode', 'withSocial', 'withPasskey', 'resetPassword'],
    ...['submit', 'resend', 'run', 'cancel', 'signIn\\.back', '__typename'],
  ].join('|')})\\b`,
);
/** Strings are often words of the page. */
const TEXT = /'[^']*'|"[^"]*"/g;
/** An element or an attribute that only passes on what it got, and the head of a component. */
const MARKUP = /^(?:<(?!LatchkeyProvider)(?!.*=>)|\w+=\{(?!.*=>)|\{(?!.*=>)|\(?<\/|\w+ && \($|function [A-Z])/;

/**
 * The lines of authentication code. Imports, types, comments, empty lines and markup do not count. Markup with a function of
 * its own that calls the client does.
 */
function linesOf(file: string): string[] {
  const code = readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return code
    .replace(/^import [^;]*;$/gm, '')
    .replace(/^(?:export )?(?:interface|type) [^{=]*[{=][^}]*?(?:;\n|^\})/gm, '')
    .split('\n')
    .map((line) => line.replace(/\/\/ .*$/, '').trim())
    .filter((line) => (file === SETUP ? /\w/.test(line) : CLIENT.test(line.replace(TEXT, '')) && !MARKUP.test(line)))
    .map((line) => `${file}: ${line}`);
}

test('the example with React and Apollo Client has at most 40 lines of authentication code', () => {
  const files = FOLDERS.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`));
  const lines = files.filter((file) => /\.tsx?$/.test(file)).flatMap(linesOf);
  if (process.env.SHOW_LINES) process.stdout.write(`${lines.join('\n')}\n`);
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.length).toBeLessThanOrEqual(40);
});
