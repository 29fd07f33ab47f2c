import { DAY, HOUR, MINUTE, SECOND } from './clock.ts';

const UNITS: Record<string, number> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Milliseconds of 250ms, 30s, 10m, 1h or 30d. Undefined if it is written differently. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  const scale = UNITS[unit];
  return scale === undefined ? undefined : Number(amount) * scale;
}
