import { useFormat } from '../../shared/format.ts';

export interface TimeProps {
  readonly at: string;
  /** `ago`: 5 minutes ago. `day`: 30 Nov 2026. `time`: 30 Nov 2026, 09:41. */
  readonly as?: 'ago' | 'day' | 'time';
}

/** A moment. What is left out is in the tooltip. */
export function Time({ at, as = 'ago' }: TimeProps) {
  const format = useFormat();
  return (
    <time dateTime={at} title={as === 'time' ? at : format.time(at)}>
      {format[as](at)}
    </time>
  );
}
