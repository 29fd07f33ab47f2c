import { useCount, useWords } from './words.ts';

/** `in 42 seconds`. */
export function Countdown({ seconds }: { readonly seconds: number }) {
  const { after } = useWords();
  const [size, unit] =
    seconds < 120 ? ([1, 'second'] as const) : seconds < 7200 ? ([60, 'minute'] as const) : ([3600, 'hour'] as const);
  const text = useCount(after[unit], Math.ceil(seconds / size));
  return seconds > 0 ? <span className="lk-wait">{text}</span> : null;
}
