/** The source of time for the whole service. Only this file reads the system clock. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** Milliseconds of a clock that never jumps, for durations and deadlines, not for dates. */
export const monotonic = (): number => performance.now();

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** @param milliseconds may be negative */
export const after = (moment: Date, milliseconds: number): Date => new Date(moment.getTime() + milliseconds);

export const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

/** Whole seconds from now until the moment, rounded up, never below 0. */
export const secondsUntil = (moment: Date, now: Date): number =>
  Math.max(0, Math.ceil((moment.getTime() - now.getTime()) / SECOND));

/** JWT NumericDate (RFC 7519 section 2): whole seconds. */
export const numericDate = (moment: Date): number => Math.floor(moment.getTime() / SECOND);

export const fromNumericDate = (seconds: number): Date => new Date(seconds * SECOND);
