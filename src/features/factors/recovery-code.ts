import { randomInt } from 'node:crypto';
import { dropInvisible, toAsciiDigits } from '../../core/pasted-text.ts';

/** How many a user gets at once. */
export const RECOVERY_CODE_COUNT = 10;

/** Crockford's base32: without I, L and O, which look like digits, and U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Two groups of five characters: 50 bits. A look-up secret (SP 800-63B-4 section 3.1.2) whose guesses are limited. */
const [GROUPS, GROUP_LENGTH] = [2, 5];
/**
 * Characters. Codes of other systems, which can be imported, have other alphabets and lengths. To guess one of a hundred
 * codes of eight digits is harder than to guess a code of an authenticator app.
 */
const [SHORTEST, LONGEST] = [8, 64];

/** A new code as it is shown, such as 7KD2M-X09QF. */
export function newRecoveryCode(): string {
  const group = () => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** The code without its dashes and in upper case, with O, I and L read as digits. Undefined if the text cannot be a code. */
export function parseRecoveryCode(text: string): string | undefined {
  const compact = toAsciiDigits(dropInvisible(text.slice(0, LONGEST * 2)))
    .replace(/[\p{Z}\p{P}\s]/gu, '')
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return compact.length >= SHORTEST && compact.length <= LONGEST ? compact : undefined;
}
