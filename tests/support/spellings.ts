const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Other texts that a lax decoder reads as the same bytes as this base64url text, by what differs. */
export function otherSpellings(text: string): Record<string, string> {
  const bytes = Buffer.from(text, 'base64url');
  const last = ALPHABET.indexOf(text.at(-1) ?? '');
  const all: Record<string, string> = {
    padding: `${text}${'='.repeat((4 - (text.length % 4)) % 4 || 1)}`,
    'a space at the end': `${text} `,
    'a line break inside': `${text.slice(0, 4)}\n${text.slice(4)}`,
    'the alphabet of base64': text.replaceAll('-', '+').replaceAll('_', '/'),
    'unused bits in the last character': text.slice(0, -1) + ALPHABET[last ^ 1],
    'a character that is no base64': `${text.slice(0, 4)}*${text.slice(4)}`,
  };
  const isOther = ([, other]: [string, string]) => other !== text && Buffer.from(other, 'base64url').equals(bytes);
  return Object.fromEntries(Object.entries(all).filter(isOther));
}

/** Other spellings of each part of a token with dots. */
export function otherTokens(token: string): Record<string, string> {
  const parts = token.split('.');
  return Object.fromEntries(
    parts.flatMap((part, index) =>
      Object.entries(otherSpellings(part)).map(([what, other]) => [
        `${what}, in part ${index + 1}`,
        parts.with(index, other).join('.'),
      ]),
    ),
  );
}
