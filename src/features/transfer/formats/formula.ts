/**
 * Text that a spreadsheet would evaluate, even in full width (OWASP, CSV injection). A leading apostrophe makes it text; a
 * text that already begins with apostrophes gets one more.
 */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const ESCAPABLE = /^'*[=+\-@\t\r＝＋－＠]/;
const ESCAPED = /^'+[=+\-@\t\r＝＋－＠]/;

export const isFormula = (text: string): boolean => FORMULA.test(text);

export const escapeFormula = (text: string): string => (ESCAPABLE.test(text) ? `'${text}` : text);

export const unescapeFormula = (text: string): string => (ESCAPED.test(text) ? text.slice(1) : text);
