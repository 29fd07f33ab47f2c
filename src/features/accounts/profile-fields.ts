import type { ProfileColumn } from '../../infra/db/tables.ts';

/** A profile field. CONTRIBUTING.md lists the steps to add one. */
export interface ProfileField {
  /** One line of text, or a language tag (BCP 47). */
  format: 'text' | 'locale';
  /** Unicode characters. */
  maxLength: number;
  /** For clients, in the API schema. */
  description: string;
  /** Whether administrators can search it by prefix. Requires an index in tables.ts. */
  isSearched: boolean;
  /** Column names that an import recognises, in addition to its own name. The first one in a row is used. */
  importedFrom: readonly string[];
}

const text = (maxLength: number) =>
  ({ format: 'text', maxLength, description: `At most ${maxLength} characters.` }) as const;

/**
 * The one list of profile fields. Inputs, updates, import, export, the API's types and clearing are derived from it.
 */
export const PROFILE_FIELDS: Record<ProfileColumn, ProfileField> = {
  firstName: { ...text(100), isSearched: true, importedFrom: ['first_name'] },
  lastName: { ...text(100), isSearched: true, importedFrom: ['last_name'] },
  companyName: { ...text(200), isSearched: true, importedFrom: ['company_name', 'company'] },
  locale: {
    format: 'locale',
    maxLength: 35, // RFC 5646 section 4.4.1
    description: 'Language for messages, as a BCP 47 tag.',
    isSearched: false,
    importedFrom: ['locale', 'language'],
  },
};

export type ProfileFieldName = keyof typeof PROFILE_FIELDS;

export const PROFILE_FIELD_NAMES = Object.keys(PROFILE_FIELDS) as readonly ProfileFieldName[]; // The type of its keys.
