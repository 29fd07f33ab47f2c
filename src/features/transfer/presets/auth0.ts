import { isRecord } from '../rows.ts';
import { parseIfJson } from '../text/paths.ts';
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
  prepare: (record) => invert(readFactors(record), 'blocked'),
};

type Unknown = Record<string, unknown>;

/** Authenticator apps, as in files for Auth0's import: [{"totp": {"secret": "…"}}]. Numbers and addresses for codes are reported. */
function readFactors({ mfa_factors: list, ...record }: Unknown): Unknown {
  const factors = parseIfJson(list);
  if (!Array.isArray(factors)) return list === undefined ? record : { ...record, mfa_factors: list };
  const apps: unknown[] = [];
  for (const factor of factors)
    for (const [type, value] of Object.entries(isRecord(factor) ? factor : { other: true }))
      if (type === 'totp') apps.push(value);
      else record[`mfa_factors (${type})`] = true;
  return apps.length > 0 ? { ...record, secondFactors: { totp: apps } } : record;
}
