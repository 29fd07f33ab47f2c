/** Markup that may stand in a page as it is. Made by `html` alone, so whatever is not Html has been escaped. */
export interface Html {
  readonly markup: string;
}

type Part = Html | string | number | readonly Html[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

const isHtml = (part: Part): part is Html => typeof part === 'object' && 'markup' in part;

const markupOf = (part: Part): string => {
  if (isHtml(part)) return part.markup;
  return typeof part === 'object' ? part.map(markupOf).join('') : escaped(String(part));
};

/** A template literal of markup; what is put into it is escaped unless it is Html itself. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Html => ({
  markup: strings.map((text, index) => text + markupOf(parts[index] ?? '')).join(''),
});
