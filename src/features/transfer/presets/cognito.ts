import { isRecord } from '../rows.ts';
import type { Preset } from './preset.ts';

/** Cognito: the users of a pool as CSV, or as `aws cognito-idp list-users` prints them. Cognito exports no passwords. */
export const cognito: Preset = {
  lists: ['Users'],
  hasNoPasswords: true,
  columns: {
    id: ['sub', 'cognito:username', 'Username'],
    email: ['email'],
    emailVerified: ['email_verified'],
    phone: ['phone_number'],
    phoneVerified: ['phone_number_verified'],
    firstName: ['given_name'],
    lastName: ['family_name'],
    locale: ['locale'],
    isActive: ['Enabled'],
    createdAt: ['UserCreateDate'],
  },
  prepare({ Attributes: attributes, ...record }) {
    if (!Array.isArray(attributes)) return attributes === undefined ? record : { ...record, Attributes: attributes };
    const named = attributes.filter(isRecord).map(({ Name: name, Value: value }) => [String(name), value]);
    return { ...record, ...Object.fromEntries(named) };
  },
};
