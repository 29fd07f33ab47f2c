/** A phone number. */
const NUMBER = /^\+\d+$/;
/** Where a formula can begin: at the start, and after a semicolon, which separates cells where the comma is a decimal sign. */
const FORMULA = /(^\s*|[;\t\r\n][\s"]*)(?=[=+\-@＝＋－＠])/g;

/** A cell (RFC 4180). Spreadsheets would run a text that begins like a formula: an apostrophe makes it a text. */
export function cell(value: string | boolean | readonly string[] | null | undefined): string {
  const text = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  const safe = NUMBER.test(text) ? text : text.replace(FORMULA, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
