import { useFormat } from './format.ts';
import './countdown.css';

/** in 42 seconds, as a part of a sentence. Rounded up. */
export function useTimeFromNow(seconds: number): string {
  const { relative } = useFormat();
  const [size, unit] =
    seconds < 120 ? ([1, 'second'] as const) : seconds < 7200 ? ([60, 'minute'] as const) : ([3600, 'hour'] as const);
  return relative(Math.ceil(seconds / size), unit);
}

/** When a button works again, beside it. */
export function Countdown({ seconds }: { readonly seconds: number }) {
  const text = useTimeFromNow(seconds);
  return seconds > 0 && <span className="wait">{text}</span>;
}
