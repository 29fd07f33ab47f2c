/** Letters that are written from right to left: Hebrew, Arabic and others. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Between isolates already, as a part of the page has left it for another. */
const ISOLATED = /^\u2068[^\u2066-\u2069]*\u2069$/;

/** A name that does not reorder the text around it: between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE (UAX #9). */
export const isolate = (name: string): string =>
  RIGHT_TO_LEFT.test(name) && !ISOLATED.test(name) ? `\u2068${name}\u2069` : name;
