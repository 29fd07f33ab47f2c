import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

const { diceware, ...ranked } = { ...common.dictionary, ...english.dictionary };

/** Half of the words that five dice choose from: what zxcvbn takes each of them to cost a guesser. */
const DICEWARE_RANK = 6 ** 5 / 2;

/**
 * The lists that attackers try, merged into one in which each word has its best place, from 1. Of the places that a
 * word has, zxcvbn's score counts the best, but it looks every part of a password up in every list, and that is nearly
 * all of its work.
 */
function bestRanks(): Map<string, number> {
  const ranks = new Map<string, number>();
  const note = (word: string | number, rank: number) => {
    const best = ranks.get(String(word));
    if (best === undefined || best > rank) ranks.set(String(word), rank);
  };
  for (const list of Object.values(ranked)) list.forEach((word, index) => void note(word, index + 1));
  for (const word of diceware) note(word, DICEWARE_RANK);
  return ranks;
}

/** zxcvbn asks with `in`. A map is built in a quarter of the time that an object of so many words takes. */
const asDictionary = (ranks: ReadonlyMap<string, number>): Record<string, number> =>
  new Proxy<Record<string, number>>(
    {},
    {
      has: (_, word) => ranks.has(word as string), // Nobody asks for symbols.
      get: (_, word) => ranks.get(word as string),
    },
  );

const ranks = bestRanks();

export const rankedDictionaries: Record<string, Record<string, number>> = { words: asDictionary(ranks) };

/** Characters. */
export const longestWords: Record<string, number> = {
  words: Array.from(ranks.keys()).reduce((most, word) => Math.max(most, word.length), 0),
};
