import { useFormat } from './format.ts';
import './countdown.css';

/** in 42 seconds */
export function Countdown({ seconds }: { readonly seconds: number }) {
  const { relative } = useFormat();
  if (seconds === 0) return null;
  const [size, unit] =
    seconds < 120 ? ([1, 'second'] as const) : seconds < 7200 ? ([60, 'minute'] as const) : ([3600, 'hour'] as const);
  return <span className="wait">{relative(Math.ceil(seconds / size), unit)}</span>;
}
