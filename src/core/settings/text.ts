import { z } from 'zod';
import { findDisplay, visible } from './visible.ts';

/**
 * A setting with a format of its own.
 * @param expectation follows "must" in the error message, which never quotes the text: it may be a secret
 * @param read returns undefined if it cannot read the text
 */
export const parsed = <T>(expectation: string, read: (text: string) => T | undefined) =>
  z.string().transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must ${expectation}` });
    return z.NEVER;
  });

export const matching = (pattern: RegExp, expectation: string) => z.string().regex(pattern, `must ${expectation}`);

/** Several entries, separated by commas. Empty entries are skipped. Visible if the entries are. */
export function list<T extends z.ZodType<unknown, string>>(entry: T) {
  const entries = z.string().transform(splitList).pipe(z.array(entry));
  const display = findDisplay(entry);
  if (!display) return entries;
  return visible(entries, (values, text) =>
    splitList(text)
      .flatMap((part, index) => display(values[index], part) ?? [])
      .join(','),
  );
}

const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

export const oneOf = <const Word extends string>(words: readonly Word[]) =>
  visible(z.enum(words, { error: `must be one of ${words.join(', ')}` }));

export const onOff = visible(
  z.stringbool({ truthy: ['on'], falsy: ['off'], case: 'sensitive', error: 'must be on or off' }),
);

/** An identifier. */
export const word = matching(/^[^\p{Cc}\s]{1,500}$/u, 'be 1 to 500 characters without spaces');

/** A password, key or label, exactly as it is written. */
export const line = matching(/^[^\p{Cc}]{1,500}$/u, 'be 1 to 500 characters on one line');
