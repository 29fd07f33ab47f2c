/** An address as it is stored and compared: NFKC, lower case, one mailbox. */
export type Email = string & { readonly brand: 'Email' };

/** A number as it is stored and compared: E.164. */
export type Phone = string & { readonly brand: 'Phone' };

/** RFC 5321 section 4.5.3.1.3: 256 octets with the angle brackets. */
const LONGEST_EMAIL = 254;
/** RFC 5321 section 4.5.3.1.1. */
const LONGEST_LOCAL_PART = 64;

/**
 * The dot-atom form of RFC 5322 section 3.4.1 with a domain of at least two labels. Quoted local parts, comments,
 * address literals and lists are refused: mail systems interpret them differently, which can let an attacker take over
 * an account.
 */
const ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** Without spaces. */
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/**
 * The canonical form of an address from another system, such as a claim of a social provider; undefined if we do not
 * accept it. Only the letter case is folded: full-width letters can be another mailbox there, but would be folded to
 * the address of an account here.
 */
export const parseAsciiEmail = (text: string): Email | undefined =>
  PRINTABLE_ASCII.test(text) ? parseEmail(text) : undefined;

/** The canonical form of an address that a person typed; undefined if we do not accept it. */
export function parseEmail(text: string): Email | undefined {
  const candidate = text.trim().normalize('NFKC').toLowerCase();
  const at = candidate.lastIndexOf('@');
  if (at < 1 || candidate.length > LONGEST_EMAIL || at > LONGEST_LOCAL_PART) return undefined;
  // Only this function creates the branded type.
  return ATOM.test(candidate.slice(0, at)) && DOMAIN.test(candidate.slice(at + 1)) ? (candidate as Email) : undefined;
}

/** The address as it may be shown to other people: a•••@example.com. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  return `${email.slice(0, 1)}•••${email.slice(at)}`;
}

/** An address in a message to a person who did not choose it: a•••@e•••.com. Its domain could be an advertisement. */
export function maskStrangersEmail(email: string): string {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return `${email.slice(0, 1)}•••@${domain.slice(0, 1)}•••${domain.slice(domain.lastIndexOf('.'))}`;
}

/** The number as it may be shown to other people: •••• 4567. */
export const maskPhone = (phone: string): string => `•••• ${phone.slice(-4)}`;
