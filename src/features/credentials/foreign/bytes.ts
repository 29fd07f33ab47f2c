import { timingSafeEqual } from 'node:crypto';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const HEX = /^(?:[0-9a-f]{2})+$/i;

/** Decodes standard base64, with or without padding; undefined for anything else. */
export function fromBase64(text: string): Buffer | undefined {
  if (!BASE64.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '') ? bytes : undefined;
}

/** Passlib's base64, which has dots instead of pluses and no padding. Accepts the standard alphabet as well. */
export const fromPasslibBase64 = (text: string): Buffer | undefined => fromBase64(text.replaceAll('.', '+'));

/** Undefined if the text is not hexadecimal. */
export const fromHex = (text: string): Buffer | undefined => (HEX.test(text) ? Buffer.from(text, 'hex') : undefined);

/** Constant-time comparison. */
export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
