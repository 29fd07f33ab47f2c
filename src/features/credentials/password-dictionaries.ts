import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

const { diceware, ...lists } = { ...common.dictionary, ...english.dictionary };

/** Word → its place on a list, from 1. Without a prototype, or "constructor" would be a word. */
type Ranks = Record<string, number>;

function bestRanks(lists: readonly (readonly (string | number)[])[]): Ranks {
  const ranks: Ranks = Object.create(null);
  for (const list of lists) {
    for (const [index, word] of list.entries())
      ranks[word] = Math.min(ranks[word] ?? Number.POSITIVE_INFINITY, index + 1);
  }
  return ranks;
}

const longest = (ranks: Ranks): number => Object.keys(ranks).reduce((most, word) => Math.max(most, word.length), 0);

/**
 * The lists that attackers try, merged into one in which each word has its best rank. Of the places that a word has,
 * zxcvbn's score counts the best, but it looks every part of a password up in every list, and that is nearly all of its
 * work. Diceware stays a list of its own because every word of it counts the same.
 */
export const rankedDictionaries: Record<string, Ranks> = {
  words: bestRanks(Object.values(lists)),
  diceware: bestRanks([diceware]),
};

/** Characters. */
export const longestWords: Record<string, number> = Object.fromEntries(
  Object.entries(rankedDictionaries).map(([name, ranks]) => [name, longest(ranks)]),
);
