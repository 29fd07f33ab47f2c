import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

// A passkey provider in memory, with a browser around it: Web Authentication Level 3 sections 6 and 7, ES256 only.

/** What the page of a user or an attacker reports. */
export interface Page {
  origin: string;
  rpId: string;
}

/** What an authenticator or an attacker does differently. */
export interface Deviations extends Partial<Page> {
  type?: string;
  challenge?: string;
  crossOrigin?: boolean;
  userPresent?: boolean;
  userVerified?: boolean;
  backupEligible?: boolean;
  backedUp?: boolean;
  counter?: number;
  userHandle?: string | null;
  /** Signs with a key that was not registered. */
  wrongKey?: boolean;
  credentialId?: string;
  /** An attestation statement that is not valid. */
  forgedStatement?: boolean;
}

interface Credential {
  id: string;
  key: KeyObject;
  userHandle: string;
  counter: number;
}

interface CreationOptions {
  challenge: string;
  user: { id: string };
  excludeCredentials?: { id: string }[];
}
interface RequestOptions {
  challenge: string;
  allowCredentials?: { id: string }[];
}

export type Authenticator = ReturnType<typeof createAuthenticator>;

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A synced passkey provider: it verifies the user, and its counters stay 0 unless a test sets one. */
export function createAuthenticator(page: Page = { origin: 'http://localhost:3000', rpId: 'localhost' }) {
  const credentials: Credential[] = [];

  return {
    credentials,

    /** RegistrationResponseJSON as text. Throws like a browser if it has a passkey that the options exclude. */
    create(options: string, deviations: Deviations = {}): string {
      const { challenge, user, excludeCredentials = [] }: CreationOptions = JSON.parse(options);
      if (excludeCredentials.some(({ id }) => credentials.some((known) => known.id === id)))
        throw new Error('InvalidStateError');
      const { privateKey, publicKey } = newKey();
      const id = deviations.credentialId ?? randomBytes(32).toString('base64url');
      credentials.push({ id, key: privateKey, userHandle: user.id, counter: 0 });
      const data = authenticatorData({ ...page, ...deviations }, attestedCredential(id, publicKey));
      const attestation = encode(
        new Map<string, Cbor>([
          ['fmt', deviations.forgedStatement ? 'packed' : 'none'],
          [
            'attStmt',
            new Map<string, Cbor>(
              deviations.forgedStatement
                ? [
                    ['alg', -7],
                    ['sig', Buffer.alloc(64)],
                  ]
                : [],
            ),
          ],
          ['authData', data],
        ]),
      );
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: { credProps: { rk: true } },
        response: {
          clientDataJSON: clientData('webauthn.create', challenge, { ...page, ...deviations }).toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal', 'hybrid'],
        },
      });
    },

    /** AuthenticationResponseJSON as text, with the newest passkey that the options allow. */
    get(options: string, deviations: Deviations = {}): string {
      const { challenge, allowCredentials }: RequestOptions = JSON.parse(options);
      const credential = credentials.findLast(
        ({ id }) => !allowCredentials || allowCredentials.some((allowed) => allowed.id === id),
      );
      if (!credential) throw new Error('NotAllowedError');
      credential.counter = deviations.counter ?? credential.counter;
      const client = clientData('webauthn.get', challenge, { ...page, ...deviations });
      const data = authenticatorData({ counter: credential.counter, ...page, ...deviations });
      const key = deviations.wrongKey ? newKey().privateKey : credential.key;
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), key);
      const id = deviations.credentialId ?? credential.id;
      const userHandle = deviations.userHandle === undefined ? credential.userHandle : deviations.userHandle;
      return JSON.stringify({
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          ...(userHandle !== null && { userHandle }),
        },
      });
    },
  };
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

const clientData = (type: string, challenge: string, { origin, ...deviations }: Page & Deviations): Buffer =>
  Buffer.from(
    JSON.stringify({
      type: deviations.type ?? type,
      challenge: deviations.challenge ?? challenge,
      origin,
      crossOrigin: deviations.crossOrigin ?? false,
    }),
  );

/** Section 6.1. */
function authenticatorData({ rpId, ...how }: Page & Deviations, attested: Buffer = Buffer.alloc(0)): Buffer {
  const flags =
    (how.userPresent === false ? 0 : 0x01) |
    (how.userVerified === false ? 0 : 0x04) |
    (how.backupEligible === false ? 0 : 0x08) |
    (how.backedUp === false || how.backupEligible === false ? 0 : 0x10) |
    (attested.length > 0 ? 0x40 : 0);
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(how.counter ?? 0);
  return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter, attested]);
}

/** Section 6.5.2, with a COSE_Key (RFC 9053 section 7.1.1). */
function attestedCredential(id: string, publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const credentialId = Buffer.from(id, 'base64url');
  const length = Buffer.alloc(2);
  length.writeUInt16BE(credentialId.length);
  const key = encode(
    new Map<number, Cbor>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
  return Buffer.concat([Buffer.alloc(16), length, credentialId, key]);
}

type Cbor = number | string | Buffer | Map<string | number, Cbor>;

/** RFC 8949, the parts that are needed here. */
function encode(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, item]) => [encode(key), encode(item)]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  return length < 256
    ? Buffer.from([(major << 5) | 24, length])
    : Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
}
