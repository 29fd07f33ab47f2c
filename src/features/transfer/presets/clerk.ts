import { parseText } from '../cell-values.ts';
import { isRecord } from '../rows.ts';
import { invert, type Preset } from './preset.ts';

/** Clerk's export as CSV, and the users of its backend API as JSON. */
export const clerk: Preset = {
  lists: ['data'],
  columns: {
    id: ['id'],
    email: ['primary_email_address'],
    phone: ['primary_phone_number'],
    passwordHash: ['password_digest'],
    firstName: ['first_name'],
    lastName: ['last_name'],
    locale: ['locale'],
    identities: ['external_accounts'],
    createdAt: ['created_at'],
    lastLoginAt: ['last_sign_in_at'],
    // Written by the application's server only, like ours. The user can write unsafe_metadata, which is not taken.
    publicMetadata: ['public_metadata'],
    privateMetadata: ['private_metadata'],
  },
  prepare(record) {
    const active = withoutPepper(invert(record, 'banned'));
    const flat =
      Array.isArray(active.email_addresses) || Array.isArray(active.phone_numbers) ? fromApi(active) : active;
    return choosePrimary(choosePrimary(flat, EMAIL), PHONE);
  },
};

/** A hash with a pepper can only be verified with Clerk's key. */
const withoutPepper = (record: Unknown): Unknown =>
  /_peppered$/.test(String(record.password_hasher)) ? { ...record, password_digest: '$peppered$' } : record;

const EMAIL = {
  primary: 'primary_email_address',
  verified: 'verified_email_addresses',
  unverified: 'unverified_email_addresses',
  flag: 'emailVerified',
};
const PHONE = {
  primary: 'primary_phone_number',
  verified: 'verified_phone_numbers',
  unverified: 'unverified_phone_numbers',
  flag: 'phoneVerified',
};

type Unknown = Record<string, unknown>;

/** The primary one and whether it is verified; the others remain in their columns. */
function choosePrimary(record: Unknown, { primary, verified, unverified, flag }: typeof EMAIL): Unknown {
  const isVerified = readList(record[verified]);
  const isNotVerified = readList(record[unverified]);
  const chosen = parseText(record[primary]) ?? isVerified[0] ?? isNotVerified[0];
  if (chosen === undefined) return record;
  const others = (list: readonly string[]) =>
    list.filter((text) => text.toLowerCase() !== chosen.toLowerCase()).join(' ');
  return {
    ...record,
    [primary]: chosen,
    [verified]: others(isVerified),
    [unverified]: others(isNotVerified),
    [flag]: isVerified.some((text) => text.toLowerCase() === chosen.toLowerCase()),
  };
}

const readList = (value: unknown): string[] =>
  (Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s,;|]+/)).filter(Boolean);

/** The API has lists of objects, and names the primary ones by id. */
function fromApi({ email_addresses: emails, phone_numbers: phones, ...record }: Unknown): Unknown {
  const { primary_email_address_id: emailId, primary_phone_number_id: phoneId, ...rest } = record;
  return {
    ...rest,
    ...flatten(emails, emailId, 'email_address', EMAIL),
    ...flatten(phones, phoneId, 'phone_number', PHONE),
  };
}

function flatten(list: unknown, primaryId: unknown, name: string, columns: typeof EMAIL): Unknown {
  const entries = (Array.isArray(list) ? list : []).filter(isRecord);
  const texts = (found: Unknown[]) => found.map((entry) => String(entry[name] ?? ''));
  const isVerified = ({ verification }: Unknown) => isRecord(verification) && verification.status === 'verified';
  return {
    [columns.primary]: texts(entries.filter(({ id }) => id === primaryId))[0] ?? '',
    [columns.verified]: texts(entries.filter(isVerified)),
    [columns.unverified]: texts(entries.filter((entry) => !isVerified(entry))),
  };
}
