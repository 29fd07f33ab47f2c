/**
 * What a spreadsheet computes instead of showing it, also in full width (OWASP, CSV injection). An apostrophe before it
 * makes it text, and one more apostrophe keeps a text that already begins like that.
 */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const ESCAPABLE = /^'*[=+\-@\t\r＝＋－＠]/;
const ESCAPED = /^'+[=+\-@\t\r＝＋－＠]/;

export const isFormula = (text: string): boolean => FORMULA.test(text);

export const escapeFormula = (text: string): string => (ESCAPABLE.test(text) ? `'${text}` : text);

export const unescapeFormula = (text: string): string => (ESCAPED.test(text) ? text.slice(1) : text);
