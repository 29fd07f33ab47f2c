import { type Email, parseEmail } from './identifiers.ts';

export interface Sender {
  /** Empty if only the address is given. */
  name: string;
  address: Email;
}

/** Parses MAIL_FROM: `Name <address>` or an address; undefined if it is neither. */
export function parseSender(text: string): Sender | undefined {
  const named = /^\s*"?([^"<>\p{Cc}]*?)"?\s*<([^<>]+)>\s*$/u.exec(text);
  const address = parseEmail(named?.[2] ?? text);
  return address && { name: named?.[1]?.trim() ?? '', address };
}
