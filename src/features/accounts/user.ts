import type { Email, Phone } from '../../core/identifiers.ts';
import type { Locale } from '../../core/locale.ts';
import { parseLocale } from '../../core/locale.ts';
import type { Role, users } from '../../infra/db/tables.ts';
import type { ProfileFieldName } from './profile-fields.ts';

export type User = typeof users.$inferSelect;

/** What users fill in about themselves. */
export type Profile = Pick<User, ProfileFieldName>;

export interface NewUser extends Profile {
  /** Null: the account has no address. */
  email?: Email | null;
  emailVerified?: boolean;
  phone?: Phone | null;
  phoneVerified?: boolean;
  roles?: Role[];
}

/** What an account may keep when its address is verified for the first time. */
export type Kept = Partial<Profile & Pick<User, 'phone' | 'phoneVerifiedAt'>>;

/** The language of messages to the user. */
export const messageLocale = (user: Pick<User, 'locale'>, otherwise: Locale): Locale =>
  parseLocale(user.locale) ?? otherwise;

/** The number, if the owner has verified it. */
export const verifiedPhone = ({ phone, phoneVerifiedAt }: Pick<User, 'phone' | 'phoneVerifiedAt'>): string | null =>
  phoneVerifiedAt === null ? null : phone;

/** Whether the number was verified at this time or later. */
export const isPhoneVerifiedSince = ({ phoneVerifiedAt }: Pick<User, 'phoneVerifiedAt'>, moment: Date): boolean =>
  phoneVerifiedAt !== null && phoneVerifiedAt >= moment;
