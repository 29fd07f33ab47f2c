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

const ranks = bestRanks();

/** What a guesser knows of the person who is judged right now; zxcvbn judges without a pause. */
let known: ReadonlyMap<string, number> = new Map();

/**
 * The lists and what is known of the person as zxcvbn wants them, which asks with `in`. As one dictionary, because all
 * of a password is looked up in each. A map is built in a quarter of the time that an object of so many words takes.
 */
export const dictionary = new Proxy<Record<string, number>>(
  {},
  {
    // Nobody asks for symbols.
    has: (_, word) => ranks.has(word as string) || known.has(word as string),
    get: (_, word) =>
      Math.min(
        ranks.get(word as string) ?? Number.POSITIVE_INFINITY,
        known.get(word as string) ?? Number.POSITIVE_INFINITY,
      ),
  },
);

/** @param words from the one that a guesser tries first */
export function withKnown<T>(words: readonly string[], judge: () => T): T {
  known = new Map(words.map((word, index) => [word.toLowerCase(), index + 1] as const).reverse());
  try {
    return judge();
  } finally {
    known = new Map();
  }
}
