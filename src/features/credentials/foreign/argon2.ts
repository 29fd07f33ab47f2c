import { verify } from '@node-rs/argon2';
import { fromBase64 } from './bytes.ts';
import { type ForeignHash, HashRefusal } from './hash-scheme.ts';

export interface Argon2Bounds {
  /** KiB. */
  memory: number;
  /** KiB filled, over all passes. */
  work: number;
}

/** Django uses 102,400 KiB, and two hashes run at once. Filling a GiB takes a second. */
export const ARGON2_BOUNDS: Argon2Bounds = { memory: 131_072, work: 1_048_576 };
const MAX_LANES = 16;
/** Bytes of the salt and of the output (RFC 9106 section 3.1 requires at least 8 and 4). */
const [MIN_SALT_LENGTH, MIN_OUTPUT_LENGTH, MAX_LENGTH] = [8, 16, 128];

/** A PHC string, with or without Django's prefix. */
const FORM =
  /^(?:argon2)?(\$argon2(?:id|i|d)\$(?:v=(?:16|19)\$)?m=([1-9]\d{0,9}),t=([1-9]\d{0,9}),p=([1-9]\d{0,9}))\$([^$]+)\$([^$]+)$/;

export function readArgon2(text: string, bounds = ARGON2_BOUNDS): ForeignHash | HashRefusal | undefined {
  if (!/^(?:argon2)?\$argon2/.test(text)) return undefined;
  const [, parameters, memory, passes, lanes, salt = '', output = ''] = FORM.exec(text) ?? [];
  const [saltLength, outputLength] = [fromBase64(salt)?.length ?? 0, fromBase64(output)?.length ?? 0];
  if (!parameters || saltLength < MIN_SALT_LENGTH || saltLength > MAX_LENGTH) return new HashRefusal('malformed');
  if (outputLength < MIN_OUTPUT_LENGTH || outputLength > MAX_LENGTH) return new HashRefusal('malformed');
  const isCostly = Number(memory) > bounds.memory || Number(memory) * Number(passes) > bounds.work;
  if (isCostly || Number(lanes) > MAX_LANES) return new HashRefusal('too-costly');
  if (Number(memory) < 8 * Number(lanes)) return new HashRefusal('malformed');
  // Keycloak and others pad their base64, which the PHC format and the library do not allow.
  const hash = `${parameters}$${withoutPadding(salt)}$${withoutPadding(output)}`;
  return { scheme: 'argon2', verify: (password) => verify(hash, password) };
}

const withoutPadding = (base64: string): string => base64.replace(/=+$/, '');
