import { zxcvbn, zxcvbnOptions } from '@zxcvbn-ts/core';
import { adjacencyGraphs } from '@zxcvbn-ts/language-common';
import { dictionary, withKnownWords } from './password-dictionaries.ts';

// Bundled for the browser as well (scripts/build/pages.mjs), so that the page and the policy agree: nothing here may
// need Node.

/** Characters that are scored: zxcvbn's time grows with the square of the length. */
const SCORED_CHARACTERS = 32;

/** Substitutions (p@ssw0rd) that zxcvbn undoes: two find most entries of the lists, more cost milliseconds. */
const SUBSTITUTIONS = 2;

zxcvbnOptions.setOptions({ graphs: adjacencyGraphs, l33tMaxSubstitutions: SUBSTITUTIONS });
zxcvbnOptions.rankedDictionaries = { words: dictionary };
zxcvbnOptions.rankedDictionariesMaxWordSize = { words: SCORED_CHARACTERS };

/**
 * 0 to 4, as zxcvbn scores it.
 * @param context what an attacker may know about the user and the service
 */
export const scorePassword = (password: string, context: readonly string[] = []): 0 | 1 | 2 | 3 | 4 =>
  withKnownWords(context, () => zxcvbn(password.slice(0, SCORED_CHARACTERS)).score);
