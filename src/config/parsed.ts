/** What the text of a setting means, or what it must be. The problem never quotes the text, which may be a secret. */
export type Parsed<T> = { value: T } | { problem: string };
export type Parser<T> = (text: string) => Parsed<T>;

export const fine = <T>(value: T): Parsed<T> => ({ value });
export const must = (expectation: string): { problem: string } => ({ problem: `must ${expectation}` });

/** A comma-separated list, each entry as the parser has it; entries that are empty are not there. */
export const list =
  <T>(parse: Parser<T>): Parser<T[]> =>
  (text) => {
    const values: T[] = [];
    for (const entry of text.split(',').map((part) => part.trim())) {
      if (!entry) continue;
      const parsed = parse(entry);
      if ('problem' in parsed) return { problem: `${parsed.problem} (each entry of the comma-separated list)` };
      values.push(parsed.value);
    }
    return fine(values);
  };
