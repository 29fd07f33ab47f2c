/**
 * Russian in Latin letters, as in machine-readable travel documents (ICAO Doc 9303 part 3, section 6.B). Chosen among the
 * published schemes because all its letters are in GSM 03.38, so that a segment holds 160 characters instead of 70. The
 * soft sign is not written.
 */
const LETTERS: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: 'ie',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};

/** Punctuation of Russian texts that GSM 03.38 lacks. */
const SIGNS: Readonly<Record<string, string>> = {
  '«': '"',
  '»': '"',
  '„': '"',
  '“': '"',
  '”': '"',
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '№': 'No.',
  '\u00a0': ' ',
};

/** Щука → Shchuka, ЩУКА → SHCHUKA. Other characters stay as they are. */
export function transliterate(text: string): string {
  const characters = [...text.normalize('NFC')];
  return characters
    .map((character, index) => {
      const lower = character.toLowerCase();
      const latin = LETTERS[lower];
      if (latin === undefined) return SIGNS[character] ?? character;
      if (character === lower) return latin;
      const isCapitals = isCapital(characters[index + 1]) ?? isCapital(characters[index - 1]) ?? false;
      return isCapitals ? latin.toUpperCase() : latin.slice(0, 1).toUpperCase() + latin.slice(1);
    })
    .join('');
}

/** Undefined if it is not a letter. */
function isCapital(character = ''): boolean | undefined {
  const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
  return lower === upper ? undefined : character === upper;
}
