import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';

const { diceware, ...ranked } = { ...common.dictionary, ...english.dictionary };

/** Half the number of diceware words: the rank that zxcvbn assumes for each of them. */
const DICEWARE_RANK = 6 ** 5 / 2;

/**
 * The word lists that attackers try, merged into one with each word's best rank, from 1. zxcvbn uses only the best
 * rank, but looks up every part of a password in every list, which is nearly all of its work.
 */
function bestRanks(): Map<string, number> {
  const ranks = new Map<string, number>();
  const addWord = (word: string | number, rank: number) => {
    const best = ranks.get(String(word));
    if (best === undefined || best > rank) ranks.set(String(word), rank);
  };
  for (const list of Object.values(ranked)) list.forEach((word, index) => void addWord(word, index + 1));
  for (const word of diceware) addWord(word, DICEWARE_RANK);
  return ranks;
}

interface Dictionaries {
  ranks: ReadonlyMap<string, number>;
  passwords: ReadonlySet<string>;
}

let loaded: Dictionaries | undefined;

/** Takes a sixth of a second the first time. The service does it at startup; most commands need no dictionaries. */
export function loadDictionaries(): Dictionaries {
  loaded ??= { ranks: bestRanks(), passwords: new Set(common.dictionary.passwords.map(String)) };
  return loaded;
}

/** @param password in lower case */
export const isCommonPassword = (password: string): boolean => loadDictionaries().passwords.has(password);

/** What an attacker knows about the user. zxcvbn is synchronous, so only one password is scored at a time. */
let known: ReadonlyMap<string, number> = new Map();

/**
 * The merged list and the known words as one object, which zxcvbn queries with `in`. One dictionary, because every part
 * of a password is looked up in each. A Map takes a quarter of the time of an object to build.
 */
export const dictionary = new Proxy<Record<string, number>>(
  {},
  {
    // zxcvbn uses no symbols as keys.
    has: (_, word) => loadDictionaries().ranks.has(word as string) || known.has(word as string),
    get: (_, word) =>
      Math.min(
        loadDictionaries().ranks.get(word as string) ?? Number.POSITIVE_INFINITY,
        known.get(word as string) ?? Number.POSITIVE_INFINITY,
      ),
  },
);

/** @param words in the order in which an attacker would try them */
export function withKnownWords<T>(words: readonly string[], score: () => T): T {
  known = new Map(words.map((word, index) => [word.toLowerCase(), index + 1] as const).reverse());
  try {
    return score();
  } finally {
    known = new Map();
  }
}
