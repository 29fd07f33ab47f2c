import { parseText } from '../cell-values.ts';
import { invert, type Preset } from './preset.ts';

/** The password hash parameters of a Firebase project, as its console shows them; keys and separator in base64. */
export interface FirebaseHashConfig {
  signerKey: string;
  saltSeparator: string;
  rounds: string;
  memoryCost: string;
}

const NAMES: Record<keyof FirebaseHashConfig, RegExp> = {
  signerKey: /(?:base64_)?signer_?key["']?\s*[:=]\s*["']?([A-Za-z0-9+/_=-]+)/i,
  saltSeparator: /(?:base64_)?salt_?separator["']?\s*[:=]\s*["']?([A-Za-z0-9+/_=-]+)/i,
  rounds: /rounds["']?\s*[:=]\s*["']?(\d+)/i,
  memoryCost: /mem(?:ory)?_?cost["']?\s*[:=]\s*["']?(\d+)/i,
};

/** Reads the text `hash_config { … }` of the console, or JSON with the same names. Undefined if one is missing. */
export function readFirebaseHashConfig(text: string): FirebaseHashConfig | undefined {
  const read = (name: keyof FirebaseHashConfig) => NAMES[name].exec(text)?.[1];
  const [signerKey, saltSeparator, rounds, memoryCost] = [
    read('signerKey'),
    read('saltSeparator'),
    read('rounds'),
    read('memoryCost'),
  ];
  return signerKey && saltSeparator && rounds && memoryCost
    ? { signerKey, saltSeparator, rounds, memoryCost }
    : undefined;
}

/** `firebase auth:export users.json`. @param config without it, password hashes are rejected */
export const firebase = (config: FirebaseHashConfig | undefined): Preset => ({
  lists: ['users'],
  columns: {
    id: ['localId'],
    email: ['email'],
    emailVerified: ['emailVerified'],
    phone: ['phoneNumber'],
    isActive: ['isActive'],
    createdAt: ['createdAt'],
    lastLoginAt: ['lastSignedInAt', 'lastLoginAt'],
    identities: ['providerUserInfo'],
  },
  impliedHeader: (fields) =>
    /^(?:true|false)$/.test(fields[2] ?? '') && fields.length >= CSV_COLUMNS.length - 1
      ? fields.map((_, index) => CSV_COLUMNS[index] ?? `column ${index + 1}`)
      : undefined,
  prepare({ salt, passwordHash, ...rest }) {
    const record = withIdentities(invert(rest, 'disabled'));
    // Firebase stores a number only after it was verified.
    if (parseText(record.phoneNumber)) record.phoneVerified = true;
    if (!parseText(passwordHash)) return record;
    return { ...record, passwordHash: config ? write(config, String(salt ?? ''), String(passwordHash)) : '$firebase$' };
  },
});

const CSV_PROVIDERS = ['google', 'facebook', 'twitter', 'github'];

/** The columns of auth:export as CSV, which has no header (firebase.google.com/docs/cli/auth, file format). */
const CSV_COLUMNS = [
  ...['localId', 'email', 'emailVerified', 'passwordHash', 'salt', 'displayName', 'photoUrl'],
  ...CSV_PROVIDERS.flatMap((name) => [`${name}Id`, `${name}Email`, `${name}DisplayName`, `${name}PhotoUrl`]),
  ...['createdAt', 'lastSignedInAt', 'phoneNumber', 'disabled', 'customAttributes'],
];

/** CSV has a column for the id at each provider. */
function withIdentities(record: Record<string, unknown>): Record<string, unknown> {
  const found = CSV_PROVIDERS.filter((name) => parseText(record[`${name}Id`]));
  if (found.length === 0) return record;
  const rest = Object.entries(record).filter(([name]) => !found.some((provider) => name === `${provider}Id`));
  const identities = found.map((name) => ({ providerId: `${name}.com`, rawId: record[`${name}Id`] }));
  return { ...Object.fromEntries(rest), providerUserInfo: identities };
}

function write(config: FirebaseHashConfig, salt: string, hash: string): string {
  const { signerKey, saltSeparator, rounds, memoryCost } = config;
  return `$fbscrypt$v=1,n=${memoryCost},r=${rounds},p=1,ss=${saltSeparator},sk=${signerKey}$${salt}$${hash}`;
}
