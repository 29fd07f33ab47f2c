import { zxcvbn, zxcvbnOptions } from '@zxcvbn-ts/core';
import { adjacencyGraphs } from '@zxcvbn-ts/language-common';
import { dictionary, withKnown } from './password-dictionaries.ts';

// Bundled for the browser as well (scripts/build-pages.mjs), so that the page says what the policy will say: nothing
// here may need Node.

/** zxcvbn's time grows with the square of the length; a part this long decides the score, or nothing does. */
const SCORED_CHARACTERS = 32;

/** How often a scored spelling is undone (p@ssw0rd): two substitutions find the lists' entries, more cost milliseconds. */
const SUBSTITUTIONS = 2;

zxcvbnOptions.setOptions({ graphs: adjacencyGraphs, l33tMaxSubstitutions: SUBSTITUTIONS });
zxcvbnOptions.rankedDictionaries = { words: dictionary };
zxcvbnOptions.rankedDictionariesMaxWordSize = { words: SCORED_CHARACTERS };

/**
 * 0 to 4, as zxcvbn scores it.
 * @param context what a guesser knows of the person and the service
 */
export const strengthOf = (password: string, context: readonly string[] = []): 0 | 1 | 2 | 3 | 4 =>
  withKnown(context, () => zxcvbn(password.slice(0, SCORED_CHARACTERS)).score);
