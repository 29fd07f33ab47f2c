import { FieldProblem } from '../../core/problems.ts';
import type { Profile } from './user.ts';

/** Characters. */
export const NAME_MAX_LENGTH = 100;
export const COMPANY_NAME_MAX_LENGTH = 200;
export const DEVICE_MAX_LENGTH = 100;

/**
 * C0, DEL, C1, line and paragraph separators, bidirectional overrides: a name may not rearrange what stands around it.
 * And what is not seen at all: zero-width spaces, annotations, deprecated formats. The joiners of Persian, of Indian
 * scripts and of emoji are no such thing.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Noncharacter_Code_Point}\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffb]/u;

export type Maybe<T> = T | null | undefined;

/** As a person typed it: outer spaces go, nothing left means null. */
export function tidyText(path: string, text: Maybe<string>, longest: number): string | null | FieldProblem {
  if (text === null || text === undefined) return null;
  const tidy = text.trim().normalize('NFC');
  if (tidy === '') return null;
  if ([...tidy].length > longest) return new FieldProblem(path, 'TOO_LONG', 'text-too-long', longest);
  if (!tidy.isWellFormed() || UNPRINTABLE.test(tidy))
    return new FieldProblem(path, 'INVALID_FORMAT', 'text-control-characters');
  return tidy;
}

/** A language tag (BCP 47) in its canonical spelling. */
function tidyLocale(tag: Maybe<string>): string | null | FieldProblem {
  if (tag === null || tag === undefined || tag.trim() === '') return null;
  try {
    return new Intl.Locale(tag.trim().slice(0, 36)).toString();
  } catch {
    return new FieldProblem('locale', 'INVALID_FORMAT', 'locale-format');
  }
}

export type ProfileInput = { [Field in keyof Profile]?: Maybe<string> };

/** The profile, or everything that is wrong with it. */
export function parseProfile(input: ProfileInput): Profile | FieldProblem[] {
  const firstName = tidyText('firstName', input.firstName, NAME_MAX_LENGTH);
  const lastName = tidyText('lastName', input.lastName, NAME_MAX_LENGTH);
  const companyName = tidyText('companyName', input.companyName, COMPANY_NAME_MAX_LENGTH);
  const locale = tidyLocale(input.locale);
  if (isFine(firstName) && isFine(lastName) && isFine(companyName) && isFine(locale))
    return { firstName, lastName, companyName, locale };
  return [firstName, lastName, companyName, locale].filter((value) => value instanceof FieldProblem);
}

const isFine = (value: string | null | FieldProblem): value is string | null => !(value instanceof FieldProblem);
