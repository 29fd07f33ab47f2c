/** An entry of .env.example, or a paragraph if it has no name. */
export interface ExamplePart {
  name?: string | undefined;
  /** The default. */
  value?: string | undefined;
  text: string;
}

export interface ExampleSection {
  title: string;
  parts: ExamplePart[];
}

const HEADING = /^# --- (.+?) -+$/;
const ENTRY = /^# ([A-Z][A-Z0-9_<>]*)=(.*)$/;

/** The introduction of .env.example, and its sections. */
export function readExample(example: string): { intro: string; sections: ExampleSection[] } {
  const [intro = '', ...sections] = example.split(/\n(?=# --- )/);
  return { intro: joinComment(intro.trim().split('\n')), sections: sections.map(readSection) };
}

/** A comment describes the entry below it, or is a paragraph if there is none. */
function readSection(section: string): ExampleSection {
  const [heading = '', ...lines] = section.split('\n');
  const parts: ExamplePart[] = [];
  let comment: string[] = [];
  for (const line of [...lines, '']) {
    const [, name, value] = ENTRY.exec(line) ?? [];
    if (name) parts.push({ name, value, text: joinComment(comment) });
    else if (line === '' && comment.length > 0) parts.push({ text: joinComment(comment) });
    if (name || line === '') comment = [];
    else if (/^# With [A-Z_]+=/.test(line) && comment.length === 0) parts.push({ text: joinComment([line]) });
    else comment.push(line);
  }
  return { title: HEADING.exec(heading)?.[1] ?? '', parts };
}

const joinComment = (lines: readonly string[]): string => lines.map((line) => line.replace(/^# ?/, '')).join(' ');
