import type { Email, Phone } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';
import { parseLocale } from '../../core/locale.ts';
import type { Role, users } from '../../infra/db/tables.ts';
import type { ProfileFieldName } from './profile-fields.ts';

export type User = typeof users.$inferSelect;

/** What users fill in about themselves. */
export type Profile = Pick<User, ProfileFieldName>;

export interface NewUser extends Profile {
  /** Null: of the account's owner no address is known. */
  email?: Email | null;
  emailVerified?: boolean;
  phone?: Phone | null;
  phoneVerified?: boolean;
  roles?: Role[];
}

/** What may stay of an account whose address is proved for the first time. */
export type Kept = Partial<Profile & Pick<User, 'phone' | 'phoneVerifiedAt'>>;

/** The language to write to this person in. */
export const messageLocale = (user: Pick<User, 'locale'>, otherwise: Locale): Locale =>
  parseLocale(user.locale) ?? otherwise;

/** The number that the owner has proved. */
export const verifiedPhone = ({ phone, phoneVerifiedAt }: Pick<User, 'phone' | 'phoneVerifiedAt'>): string | null =>
  phoneVerifiedAt === null ? null : phone;

/** Whether the number is one that was proved at the moment or later. */
export const isPhoneVerifiedSince = ({ phoneVerifiedAt }: Pick<User, 'phoneVerifiedAt'>, moment: Date): boolean =>
  phoneVerifiedAt !== null && phoneVerifiedAt >= moment;
