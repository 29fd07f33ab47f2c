import { isRecord } from '../rows.ts';
import { parseIfJson } from '../text/paths.ts';
import { invert, type Preset } from './preset.ts';

/** The table user of better-auth, with the password or the rows of the table account in `accounts`. */
export const betterAuth: Preset = {
  lists: ['users', 'user'],
  separate: ['account', 'accounts'],
  columns: {
    id: ['id', '_id.$oid', '_id'],
    email: ['email'],
    emailVerified: ['emailVerified', 'email_verified'],
    phone: ['phoneNumber', 'phone_number'],
    phoneVerified: ['phoneNumberVerified', 'phone_number_verified'],
    passwordHash: ['password'],
    firstName: ['firstName', 'first_name'],
    lastName: ['lastName', 'last_name'],
    createdAt: ['createdAt', 'created_at'],
    identities: ['accounts'],
  },
  prepare(record) {
    const active = invert(record, 'banned');
    const accounts = parseIfJson(active.accounts);
    if (!Array.isArray(accounts)) return active;
    const password = accounts
      .filter(isRecord)
      .find((account) => (account.providerId ?? account.provider_id) === 'credential')?.password;
    return { ...active, accounts, ...(password ? { password } : {}) };
  },
};
