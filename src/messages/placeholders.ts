const PLACEHOLDER = /\{([^{}\n]*)\}/g;

/** One line for each placeholder that is not replaced, and for each text with a brace too many. @param allowed the placeholders of the text at a path */
export function findUnknownPlaceholders(words: unknown, allowed: (path: string) => readonly string[]): string[] {
  return listTexts(words).flatMap(({ path, text }) => {
    const known = allowed(path);
    const unknown = [...text.matchAll(PLACEHOLDER)].filter(([, name = '']) => !known.includes(name));
    const use = known.map((word) => `{${word}}`).join(', ');
    return [
      ...unknown.map(([placeholder]) => `${path}: ${placeholder} is not replaced; use ${use}`),
      ...(/[{}]/.test(text.replace(PLACEHOLDER, ''))
        ? [`${path}: a brace has no partner, or is doubled; use ${use}`]
        : []),
    ];
  });
}

function listTexts(value: unknown, path: readonly string[] = []): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path: path.join('.'), text: value }];
  if (typeof value !== 'object' || value === null) return [];
  // The sentences of a list have the path of the list.
  return Object.entries(value).flatMap(([key, inner]) =>
    listTexts(inner, Array.isArray(value) ? path : [...path, key]),
  );
}
