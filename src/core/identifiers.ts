import { isExactDomain, toAsciiDomain, toShownDomain } from './domains.ts';
import { trimPasted } from './pasted-text.ts';

/** An address as it is stored and compared: in ASCII and lower case, one mailbox. */
export type Email = string & { readonly brand: 'Email' };

/** A number as it is stored and compared: E.164. */
export type Phone = string & { readonly brand: 'Phone' };

/** RFC 5321 section 4.5.3.1.3: 256 octets with the angle brackets. */
const LONGEST_EMAIL = 254;
/** RFC 5321 section 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;
/** Characters, before invisible ones are dropped. */
const LONGEST_PASTED = 400;

/**
 * The dot-atom form of RFC 5322 section 3.4.1 with a domain of at least two labels. Quoted local parts, comments,
 * address literals and lists are refused: mail systems interpret them differently, which can let an attacker take over
 * an account.
 */
const ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** ASCII characters as East Asian keyboards write them. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

/**
 * The canonical form of an address from another system, such as a claim of a social provider; undefined if we do not
 * accept it. Only the letter case is folded: full-width letters can be another mailbox there, but would be folded to
 * the address of an account here.
 */
export const parseAsciiEmail = (text: string): Email | undefined =>
  PRINTABLE_ASCII.test(text) && !text.includes(' ') ? parseEmail(text) : undefined;

/**
 * Like `parseAsciiEmail`, for a file that an operator imports: also accepts an internationalised domain, but only in the
 * spelling that its ASCII form stands for, so that two mailboxes of the other system cannot become one.
 */
export function parseImportedEmail(text: string): Email | undefined {
  const candidate = trimPasted(text);
  const at = candidate.lastIndexOf('@') + 1;
  if (candidate.length > LONGEST_PASTED || !PRINTABLE_ASCII.test(candidate.slice(0, at))) return undefined;
  const domain = candidate.slice(at);
  return PRINTABLE_ASCII.test(domain) || isExactDomain(domain) ? parseEmail(candidate) : undefined;
}

/**
 * The canonical form of an address that a person typed; undefined if we do not accept it. The domain is mapped by UTS 46.
 * The local part must be ASCII, in full width too: its other look-alikes belong to other mailboxes.
 */
export function parseEmail(text: string): Email | undefined {
  if (text.length > LONGEST_PASTED) return undefined;
  const typed = trimPasted(text).replace(FULL_WIDTH, toHalfWidth);
  const at = typed.lastIndexOf('@');
  const domain = toAsciiDomain(typed.slice(at + 1));
  if (at < 1 || at > LONGEST_LOCAL_PART || domain === undefined) return undefined;
  const local = typed.slice(0, at);
  // Not toLowerCase first, which maps the Kelvin sign to an ASCII letter.
  if (!PRINTABLE_ASCII.test(local)) return undefined;
  const candidate = `${local.toLowerCase()}@${domain}`;
  const isAddress = candidate.length <= LONGEST_EMAIL && ATOM.test(local.toLowerCase()) && DOMAIN.test(domain);
  // Only this function creates the branded type.
  return isAddress ? (candidate as Email) : undefined;
}

const toHalfWidth = (character: string): string => String.fromCharCode(character.charCodeAt(0) - FULL_WIDTH_OFFSET);

/** The address as people read it, with its domain in Unicode. For machines, such as mail systems, use the stored one. */
export function showEmail(email: string): string {
  const at = email.lastIndexOf('@') + 1;
  const shown = email.slice(0, at) + toShownDomain(email.slice(at));
  // Bytes, so that a response is no larger than with the stored form.
  return Buffer.byteLength(shown) <= LONGEST_EMAIL ? shown : email;
}

/** The address as it may be shown to other people: a•••@example.com. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

/** An address in a message to a person who did not choose it: a•••@e•••.com. Its domain could be an advertisement. */
export function maskStrangersEmail(email: string): string {
  const [first = ''] = email;
  const domain = showEmail(email).slice(email.lastIndexOf('@') + 1);
  const [initial = ''] = domain;
  return `${first}•••@${initial}•••${domain.slice(domain.lastIndexOf('.'))}`;
}

/** The number as it may be shown to other people: •••• 4567. */
export const maskPhone = (phone: string): string => `•••• ${phone.slice(-4)}`;
