/** Escaped markup. Only `html` creates it, and escapes every value that is not Html. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | readonly Html[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const isHtml = (part: Part): part is Html => typeof part === 'object' && 'markup' in part;

const toMarkup = (part: Part): string => {
  if (isHtml(part)) return part.markup;
  return typeof part === 'object' ? part.map(toMarkup).join('') : escapeText(String(part));
};

/** Template literal for markup. Interpolated values are escaped unless they are Html. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => ({
  markup: strings.map((text, index) => text + toMarkup(parts[index] ?? '')).join(''),
});
