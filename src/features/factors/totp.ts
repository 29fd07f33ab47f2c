import type { TOTP } from 'otpauth';
import { dropInvisible, toAsciiDigits } from '../../core/pasted-text.ts';
import type { TotpAlgorithm } from '../../infra/db/tables.ts';

/** How an app makes codes from the secret (RFC 6238). */
export interface TotpParameters {
  algorithm: TotpAlgorithm;
  digits: number;
  /** Seconds. */
  period: number;
}

/** Every app supports these, and many ignore others. */
export const COMMON_PARAMETERS: TotpParameters = { algorithm: 'SHA1', digits: 6, period: 30 };

/** Bytes. RFC 4226 section 4 recommends 160 bits. */
const SECRET_LENGTH = 20;
/** Time steps before and after the current one: clocks differ, and typing takes time (RFC 6238 section 5.2). */
const WINDOW = 1;
/** Characters. */
const LONGEST = 100;

/** Loaded on first use: most accounts have no app. */
const library = () => import('otpauth');

/** A new secret in base32 (RFC 4648 section 6). */
export async function newTotpSecret(): Promise<string> {
  const { Secret } = await library();
  return new Secret({ size: SECRET_LENGTH }).base32;
}

/** The digits of a code as people type and paste it. Undefined if there are not six to eight. */
export function parseTotpCode(text: string): string | undefined {
  const digits = toAsciiDigits(dropInvisible(text.slice(0, LONGEST))).replace(/[\p{Z}\p{P}\s]/gu, '');
  return /^\d{6,8}$/.test(digits) ? digits : undefined;
}

/** The time step that the code belongs to; undefined if that is not the current one or one next to it. */
export async function findTimeStep(
  secret: string,
  { algorithm, digits, period }: TotpParameters,
  code: string,
  now: Date,
): Promise<number | undefined> {
  const { Secret, TOTP } = await library();
  const timestamp = now.getTime();
  // Compares in constant time.
  const distance = TOTP.validate({
    token: code,
    secret: Secret.fromBase32(secret),
    algorithm,
    digits,
    period,
    timestamp,
    window: WINDOW,
  });
  return distance === null ? undefined : TOTP.counter({ period, timestamp }) + distance;
}

/** The secret as an app reads it (github.com/google/google-authenticator/wiki/Key-Uri-Format). */
export async function totpUri(secret: string, names: { issuer: string; label: string }): Promise<string> {
  const { Secret, TOTP } = await library();
  const app: TOTP = new TOTP({ ...names, ...COMMON_PARAMETERS, secret: Secret.fromBase32(secret) });
  return app.toString();
}
