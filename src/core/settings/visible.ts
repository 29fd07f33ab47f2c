import { z } from 'zod';

/**
 * What administrators see of a setting's value.
 * @param text as it is written
 */
export type Display = (value: unknown, text: string) => string | undefined;

/** A copy of a schema is a schema of its own, and has the display of the original. */
const displays = z.registry<{ display: Display }>();

const asWritten: Display = (_, text) => text;

/**
 * Marks a setting that is not a secret. All settings without the mark are secrets: an extension that forgets it reveals
 * nothing.
 */
export function visible<Setting extends z.ZodType>(
  setting: Setting,
  display: (value: z.output<Setting>, text: string) => string | undefined = asWritten,
): Setting {
  const copy = setting.clone(); // Other settings may use the same schema for a secret.
  displays.add(copy, { display: display as Display }); // It gets the values of its own schema.
  return copy;
}

/** Undefined for a secret. */
export function findDisplay(setting: z.ZodType): Display | undefined {
  const found = displays.get(setting)?.display;
  if (found || !('innerType' in setting.def)) return found;
  return setting.def.innerType instanceof z.ZodType ? findDisplay(setting.def.innerType) : undefined; // optional or with a default
}
