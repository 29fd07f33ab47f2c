/** A name as SQL writes it, so that nothing in it is folded or ends it. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
