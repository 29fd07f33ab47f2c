/** What the client knows about an operation of the schema. The generated list has one for each. */
export interface Operation {
  /** The root field. */
  readonly field: string;
  /** The document, without the fragments that it spreads. */
  readonly text: string;
  /** What the argument of the method is: the variable `input`, or all variables. */
  readonly pass?: 'input' | 'variables';
  /** Works without an access token. */
  readonly isPublic?: boolean;
  /** Can start, renew or end the session. */
  readonly changesSession?: boolean;
  /** Its input has `transport` and `device`. */
  readonly isDelivered?: boolean;
}

/** Adds the fragments that the text spreads, directly or through others. */
export function completeDocument(text: string, fragments: Readonly<Record<string, string>>): string {
  let document = text;
  // Appending to the text that is searched also finds what the fragments spread.
  for (const spread = /\.{3}(?!on\b)(\w+)/g; ; ) {
    const [, name] = spread.exec(document) ?? [];
    if (!name) return document;
    if (!document.includes(`fragment ${name} `)) document += fragments[name];
  }
}
