import { DAY, HOUR, MINUTE, SECOND } from '../core/clock.ts';
import type { RateLimit } from '../infra/store/rate-limits.ts';
import { fine, must, type Parser } from './parsed.ts';

const UNITS: Record<string, number> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** Milliseconds of 250ms, 30s, 10m, 1h or 30d. */
function milliseconds(text: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  const scale = UNITS[unit];
  return scale === undefined ? undefined : Number(amount) * scale;
}

/** @param shortest and longest written as the setting is */
export function duration(shortest: string, longest: string): Parser<number> {
  const [least = 0, most = 0] = [milliseconds(shortest), milliseconds(longest)];
  return (text) => {
    const length = milliseconds(text);
    return length !== undefined && length >= least && length <= most
      ? fine(length)
      : must(`be a duration from ${shortest} to ${longest}, such as 90s, 10m, 1h or 30d`);
  };
}

/** 10/15m: ten in fifteen minutes. */
export const budget =
  (name: string): Parser<RateLimit> =>
  (text) => {
    const [, points, length = ''] = /^(\d{1,6})\/(\w+)$/.exec(text) ?? [];
    const window = milliseconds(length);
    return Number(points) >= 1 && window !== undefined && window >= SECOND && window <= 30 * DAY
      ? fine({ name, points: Number(points), window })
      : must('be a number of attempts and a window of 1s to 30d, such as 10/15m');
  };

export const integer =
  (least: number, most: number): Parser<number> =>
  (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? fine(number) : must(`be a whole number from ${least} to ${most}`);
  };

export const oneOf =
  <const Word extends string>(...words: readonly Word[]): Parser<Word> =>
  (text) => {
    const word = words.find((candidate) => candidate === text);
    return word === undefined ? must(`be one of ${words.join(', ')}`) : fine(word);
  };

export const onOff: Parser<boolean> = (text) =>
  text === 'on' || text === 'off' ? fine(text === 'on') : must('be on or off');
