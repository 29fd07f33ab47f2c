import { isProblem } from '../../../core/problems.ts';
import { tidyText } from '../../accounts/profile.ts';
import { PASSKEY_NAME_MAX_LENGTH } from '../../factors/passkey.ts';
import { parseTime } from '../cell-values.ts';
import { RowProblem } from '../row-problem.ts';
import { isRecord, own } from '../rows.ts';

/** A WebAuthn credential. Binary values are base64url. */
export interface ImportedPasskey {
  credentialId: string;
  /** A COSE_Key. */
  publicKey: string;
  userHandle: string;
  signCount: number;
  transports: string[];
  aaguid: string;
  isBackupEligible: boolean;
  isBackedUp: boolean;
  name: string;
  createdAt: Date | null;
  lastUsedAt: Date | null;
}

/** Bytes: of a credential ID (Web Authentication Level 3 section 4), a key, and a user handle (section 5.4.3). */
const [MAX_ID, MAX_KEY, MAX_HANDLE] = [1023, 2048, 64];
const DEFAULT_NAME = 'Passkey';
const MAX_COUNT = 2 ** 32 - 1;
const AAGUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const NO_AAGUID = '00000000-0000-0000-0000-000000000000';
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];

const isBinary = (value: unknown, max: number): value is string =>
  typeof value === 'string' &&
  value !== '' &&
  value.length <= max * 2 &&
  Buffer.from(value, 'base64url').toString('base64url') === value &&
  Buffer.byteLength(value, 'base64url') <= max;

/** Reads the form that `users export` writes. Without the ID, the key and the user handle, a passkey does not work. */
export function readPasskey(value: unknown, now: Date): ImportedPasskey | RowProblem {
  const refuse = (reason: string) => new RowProblem('secondFactors', `passkey: ${reason}`);
  if (!isRecord(value)) return refuse('not an object');
  const [credentialId, publicKey, userHandle, signCount] = ['credentialId', 'publicKey', 'userHandle', 'signCount'].map(
    (name) => own(value, name),
  );
  if (!isBinary(credentialId, MAX_ID)) return refuse('its credential ID is not base64url, or too long');
  if (!isBinary(publicKey, MAX_KEY)) return refuse('its public key is not base64url, or too long');
  if (!isBinary(userHandle, MAX_HANDLE)) return refuse('its user handle is not base64url, or too long');
  if (!Number.isInteger(signCount) || Number(signCount) < 0 || Number(signCount) > MAX_COUNT)
    return refuse('its signature counter is not a number');
  const [aaguid, transports, name] = [own(value, 'aaguid'), own(value, 'transports'), own(value, 'name')];
  const tidyName = tidyText('name', typeof name === 'string' ? name : null, PASSKEY_NAME_MAX_LENGTH);
  const isBackupEligible = own(value, 'isBackupEligible') === true;
  return {
    credentialId,
    publicKey,
    userHandle,
    signCount: Number(signCount),
    transports: Array.isArray(transports) ? TRANSPORTS.filter((transport) => transports.includes(transport)) : [],
    aaguid: typeof aaguid === 'string' && AAGUID.test(aaguid) ? aaguid : NO_AAGUID,
    isBackupEligible,
    isBackedUp: isBackupEligible && own(value, 'isBackedUp') === true,
    name: isProblem(tidyName) ? DEFAULT_NAME : (tidyName ?? DEFAULT_NAME),
    createdAt: parseTime(own(value, 'createdAt'), now) ?? null,
    lastUsedAt: parseTime(own(value, 'lastUsedAt'), now) ?? null,
  };
}
