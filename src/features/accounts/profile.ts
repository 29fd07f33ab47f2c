import { acceptInput } from '../../core/input.ts';
import { FieldProblem, type InvalidInput, isProblem } from '../../core/problems.ts';
import { PROFILE_FIELD_NAMES, PROFILE_FIELDS, type ProfileFieldName } from './profile-fields.ts';
import type { Profile } from './user.ts';

/** Characters. */
export const NAME_MAX_LENGTH = PROFILE_FIELDS.firstName.maxLength;
export const DEVICE_MAX_LENGTH = 100;

/** Characters of a name that the password policy looks at. */
const PERSONAL_WORD_MAX_LENGTH = 254;

/**
 * Characters that could rearrange or hide the text around a name, such as controls, line separators, bidirectional overrides
 * and zero-width spaces. Zero-width joiners are allowed: Persian, Indian scripts and emoji need them.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Noncharacter_Code_Point}\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u206f\ufeff\ufff9-\ufffb]/u;

export type Maybe<T> = T | null | undefined;

/** One line of text without surrounding spaces; null if it is empty. */
export function tidyText(path: string, text: Maybe<string>, maxLength: number): string | null | FieldProblem {
  if (text === null || text === undefined) return null;
  const tidy = text.trim().normalize('NFC');
  if (tidy === '') return null;
  if ([...tidy].length > maxLength) return new FieldProblem(path, 'TOO_LONG', 'text-too-long', maxLength);
  if (!tidy.isWellFormed() || UNPRINTABLE.test(tidy))
    return new FieldProblem(path, 'INVALID_FORMAT', 'text-control-characters');
  return tidy;
}

/** A language tag (BCP 47) in canonical form; null if it is empty. */
function tidyLocale(path: string, tag: Maybe<string>, maxLength: number): string | null | FieldProblem {
  if (tag === null || tag === undefined || tag.trim() === '') return null;
  try {
    return new Intl.Locale(tag.trim().slice(0, maxLength + 1)).toString();
  } catch {
    return new FieldProblem(path, 'INVALID_FORMAT', 'locale-format');
  }
}

/** A profile as it was typed. */
export type ProfileInput = { [Field in ProfileFieldName]?: Maybe<string> };

/** An object with one value per profile field. */
export const mapProfile = <T>(value: (name: ProfileFieldName) => T): Record<ProfileFieldName, T> =>
  Object.fromEntries(PROFILE_FIELD_NAMES.map((name) => [name, value(name)])) as Record<ProfileFieldName, T>; // Every name has one.

/** The profile of a new account, or of one whose profile was cleared. */
export const BLANK_PROFILE: Profile = mapProfile(() => null);

/** The profile alone, out of a user's row. */
export const pickProfile = (user: Profile): Profile => mapProfile((name) => user[name]);

export function parseProfileField(name: ProfileFieldName, text: Maybe<string>): string | null | FieldProblem {
  const { format, maxLength } = PROFILE_FIELDS[name];
  return (format === 'locale' ? tidyLocale : tidyText)(name, text, maxLength);
}

/** The whole profile, null where the input has nothing. */
export const parseProfile = (input: ProfileInput): Profile | InvalidInput =>
  acceptInput(mapProfile((name) => parseProfileField(name, input[name])));

/** Only the fields that the input has; null clears. */
export function parseProfileChanges(input: ProfileInput): Partial<Profile> | InvalidInput {
  const profile = parseProfile(input);
  if (isProblem(profile)) return profile;
  const given = PROFILE_FIELD_NAMES.filter((name) => input[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, profile[name]]));
}

/** What an attacker may know about the user, for the password policy. */
export const personalWords = (profile: ProfileInput): (string | undefined)[] =>
  PROFILE_FIELD_NAMES.filter((name) => PROFILE_FIELDS[name].format === 'text').map((name) =>
    profile[name]?.slice(0, PERSONAL_WORD_MAX_LENGTH),
  );
