import { z } from 'zod';
import { parseDuration } from '../durations.ts';
import { parsed } from './text.ts';
import { visible } from './visible.ts';

/**
 * Milliseconds.
 * @param shortest and longest are written as the setting is: 10m
 */
export function duration(shortest: string, longest: string) {
  const [least = 0, most = 0] = [parseDuration(shortest), parseDuration(longest)];
  return visible(
    parsed(`be a duration from ${shortest} to ${longest}, such as 90s, 10m, 1h or 30d`, (text) => {
      const length = parseDuration(text);
      return length !== undefined && length >= least && length <= most ? length : undefined;
    }),
  );
}

export function integer(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return visible(
    z
      .string()
      .regex(/^\d{1,9}$/, message)
      .transform(Number)
      .pipe(z.number().min(least, message).max(most, message)),
  );
}
