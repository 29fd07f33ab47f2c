import { isRecord, own } from '../rows.ts';
import { toBase32 } from '../second-factors/base32.ts';
import { parseIfJson } from '../text/paths.ts';
import { type Preset, SkippedAccount } from './preset.ts';

const attributes = (...names: string[]) => names.flatMap((name) => [`attributes.${name}.0`, `attributes.${name}`]);

/** Keycloak: the export of a realm or of its users, and the users of its admin API, which have no passwords. */
export const keycloak: Preset = {
  lists: ['users'],
  columns: {
    id: ['id'],
    email: ['email'],
    emailVerified: ['emailVerified'],
    phone: attributes('phoneNumber', 'phone_number', 'phone', 'mobile'),
    phoneVerified: attributes('phoneNumberVerified', 'phone_number_verified'),
    firstName: ['firstName'],
    lastName: ['lastName'],
    locale: attributes('locale'),
    isActive: ['enabled'],
    createdAt: ['createdTimestamp'],
    identities: ['federatedIdentities'],
  },
  prepare({ credentials, ...record }) {
    if (record.serviceAccountClientId) return new SkippedAccount('a service account of Keycloak');
    if (!Array.isArray(credentials)) return credentials === undefined ? record : { ...record, credentials };
    const known = credentials.filter(isRecord);
    const [password, ...others] = known.filter(({ type }) => type === 'password');
    // What is not taken is named by its type, never by its value.
    const isApp = ({ type, credentialData }: Unknown) => type === 'otp' && !isCounterBased(parseIfJson(credentialData));
    for (const { type } of [...others, ...known.filter((one) => one.type !== 'password' && !isApp(one))])
      record[`credentials (${String(type)})`] = true;
    const apps = known.filter(isApp).map(readApp);
    return {
      ...record,
      ...(password && { passwordHash: readPassword(password) }),
      ...(apps.length > 0 && { secondFactors: { totp: apps } }),
    };
  },
};

type Unknown = Record<string, unknown>;

/** HOTP (RFC 4226), which we do not have. */
const isCounterBased = (data: unknown): boolean => isRecord(data) && data.subType === 'hotp';

const ALGORITHMS: Partial<Record<string, string>> = { HmacSHA1: 'SHA1', HmacSHA256: 'SHA256', HmacSHA512: 'SHA512' };

/** An authenticator app. The bytes of the text are the secret, unless it was imported as base32. */
function readApp({ secretData, credentialData, createdDate }: Unknown): Unknown {
  const [secret, data] = [parseIfJson(secretData), parseIfJson(credentialData)];
  const { digits, period, algorithm = 'HmacSHA1', secretEncoding } = isRecord(data) ? data : {};
  const value = isRecord(secret) ? secret.value : undefined;
  return {
    secret: typeof value === 'string' && secretEncoding !== 'BASE32' ? toBase32(Buffer.from(value)) : value,
    digits,
    period,
    algorithm: ALGORITHMS[String(algorithm)] ?? String(algorithm),
    createdAt: createdDate,
  };
}

/** The hash in modular crypt format. Before version 8, the values were in the credential itself. */
function readPassword(credential: Unknown): string {
  const secret = parseIfJson(credential.secretData);
  const parameters = parseIfJson(credential.credentialData);
  if (!isRecord(secret) || !isRecord(parameters))
    return fromParts(credential, credential.hashedSaltedValue, credential);
  return fromParts(parameters, secret.value, secret);
}

function fromParts(parameters: Unknown, value: unknown, { salt }: Unknown): string {
  const { algorithm, hashIterations: iterations } = parameters;
  const name = String(algorithm ?? 'pbkdf2');
  const digest = { pbkdf2: 'sha1', 'pbkdf2-sha1': 'sha1', 'pbkdf2-sha256': 'sha256', 'pbkdf2-sha512': 'sha512' }[name];
  if (digest) return `$pbkdf2-${digest}$${String(iterations)}$${String(salt)}$${String(value)}`;
  if (name === 'bcrypt') return String(value);
  if (name !== 'argon2') return '$keycloak$';
  const additional = parameters.additionalParameters;
  const more = isRecord(additional) ? additional : {};
  const first = (key: string, otherwise: string) => String([own(more, key)].flat()[0] ?? otherwise);
  const version = first('version', '1.3') === '1.0' ? 16 : 19;
  const costs = `m=${first('memory', '7168')},t=${String(iterations)},p=${first('parallelism', '1')}`;
  return `$argon2${first('type', 'id')}$v=${version}$${costs}$${String(salt)}$${String(value)}`;
}
