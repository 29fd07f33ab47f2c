import { invert, type Preset } from './preset.ts';

const metadata = (...names: string[]) => names.map((name) => `user_metadata.${name}`);

/** Auth0's user export as JSON lines or CSV, and the file with password hashes that its support sends. */
export const auth0: Preset = {
  lists: ['users'],
  columns: {
    id: ['user_id', '_id.$oid', 'Id'],
    email: ['email', 'Email'],
    emailVerified: ['email_verified', 'Email Verified'],
    phone: ['phone_number', 'Phone Number'],
    phoneVerified: ['phone_verified', 'Phone Verified'],
    passwordHash: ['passwordHash', 'password_hash'],
    firstName: ['given_name', ...metadata('given_name', 'first_name'), 'Given Name'],
    lastName: ['family_name', ...metadata('family_name', 'last_name'), 'Family Name'],
    locale: ['locale', ...metadata('locale')],
    createdAt: ['created_at', 'Created At'],
    lastLoginAt: ['last_login', 'Last Login'],
  },
  prepare: (record) => invert(record, 'blocked'),
};
