import type { Config } from '../../config.ts';
import { FieldProblem } from '../../core/problems.ts';
import { isCommonPassword } from './password-dictionaries.ts';
import { scorePassword } from './password-strength.ts';

/**
 * Code points. Far above the 64 that SP 800-63B-4 section 3.1.1.2 requires; the limit keeps bodies and hashes cheap.
 */
export const PASSWORD_MAX_LENGTH = 256;

/**
 * NFC, so that the same keys give the same password on every system (SP 800-63B-4 section 3.1.1.2). Undefined if it is not
 * well-formed UTF-16: in UTF-8 all lone surrogates become the same character, so such passwords would collide.
 */
export function canonicalPassword(password: string): string | undefined {
  return password.isWellFormed() ? password.normalize('NFC') : undefined;
}

export interface PasswordContext {
  /** What an attacker may know about the user: address, names, company. */
  words: readonly (string | null | undefined)[];
  /** The input field that problems are reported on. */
  path: string;
}

/** Length and guessability; no composition rules and no forced change (SP 800-63B-4 section 3.1.1.2). */
export interface PasswordPolicy {
  /** The password in canonical form, or the rule it breaks. Takes 1 to 10 ms. */
  judge(password: string, context: PasswordContext): string | FieldProblem;
}

export function createPasswordPolicy(config: Config['passwords'], serviceWords: readonly string[]): PasswordPolicy {
  return {
    judge(password, { words, path }) {
      const canonical = canonicalPassword(password);
      if (canonical === undefined) return new FieldProblem(path, 'INVALID_FORMAT', 'password-ill-formed');

      const length = [...canonical].length;
      if (length < config.minLength) return new FieldProblem(path, 'TOO_SHORT', 'password-too-short', config.minLength);
      if (length > PASSWORD_MAX_LENGTH)
        return new FieldProblem(path, 'TOO_LONG', 'password-too-long', PASSWORD_MAX_LENGTH);

      const folded = canonical.toLowerCase();
      if (isCommonPassword(folded)) return new FieldProblem(path, 'BREACHED', 'password-common');

      const context = contextWords([...words, ...serviceWords]);
      if (context.includes(folded)) return new FieldProblem(path, 'TOO_WEAK', 'password-context', config.minStrength);

      if (scorePassword(canonical, context) < config.minStrength)
        return new FieldProblem(path, 'TOO_WEAK', 'password-weak', config.minStrength);
      return canonical;
    },
  };
}

/** Each word, and for an address also its two parts. */
function contextWords(words: readonly (string | null | undefined)[]): string[] {
  return words
    .filter((word): word is string => Boolean(word))
    .flatMap((word) => [word, ...word.split('@')])
    .map((word) => word.toLowerCase());
}
