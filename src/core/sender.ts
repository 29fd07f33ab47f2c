import { type Email, parseEmail } from './identifiers.ts';

export interface Sender {
  /** Empty if only the address is given. */
  name: string;
  address: Email;
}

/** A name as a quoted string (RFC 5322 section 3.2.4), or as it is, and the address in angle brackets. */
const NAMED = /^\s*(?:"((?:[^"\\\p{Cc}]|\\[^\p{Cc}])*)"|([^"\\<>\p{Cc}]*?))\s*<([^<>\p{Cc}]+)>\s*$/u;

/** Parses MAIL_FROM: `Name <address>`, `"Name" <address>` or an address; undefined if it is none of them. */
export function parseSender(text: string): Sender | undefined {
  const [, quoted, plain = '', inBrackets] = NAMED.exec(text) ?? [];
  const address = parseEmail(inBrackets ?? text);
  return address && { name: (quoted?.replace(/\\(.)/gu, '$1') ?? plain).trim(), address };
}
