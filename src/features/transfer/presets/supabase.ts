import { parseText, parseTime } from '../cell-values.ts';
import { type Preset, SkippedAccount } from './preset.ts';

/**
 * The table auth.users of Supabase as CSV or JSON, also with its identities, and the users of its admin API.
 * @param now to tell whether a ban has ended
 */
export const supabase = (now: Date): Preset => ({
  lists: ['users'],
  columns: {
    id: ['id'],
    email: ['email'],
    // Not confirmed_at, which is also set if only the number was confirmed.
    emailVerified: ['email_confirmed_at'],
    phone: ['phone'],
    phoneVerified: ['phone_confirmed_at'],
    passwordHash: ['encrypted_password'],
    firstName: metadata('first_name', 'given_name', 'firstName'),
    lastName: metadata('last_name', 'family_name', 'lastName'),
    locale: metadata('locale'),
    createdAt: ['created_at'],
    lastLoginAt: ['last_sign_in_at'],
  },
  prepare({ banned_until: bannedUntil, ...record }) {
    if (parseText(record.deleted_at)) return new SkippedAccount('deleted in Supabase');
    if (!parseText(bannedUntil)) return record;
    // Most bans end in a hundred years, which is not a time that an import reads.
    const end = parseTime(bannedUntil, now);
    return { ...record, isActive: end instanceof Date && end < now };
  },
});

function metadata(...names: string[]): string[] {
  return ['raw_user_meta_data', 'user_metadata'].flatMap((column) => names.map((name) => `${column}.${name}`));
}
