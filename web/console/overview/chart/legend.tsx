import { Link } from 'wouter';
import { useFormat } from '../../../shared/format.ts';
import { Swatch } from './patterns.tsx';
import { type Series, sum } from './series.ts';

export interface LegendProps {
  /** ID of the fills: see Patterns. */
  readonly id: string;
  readonly series: readonly Series[];
  /** The hour whose counts are shown, in place of the totals. */
  readonly hour: number | undefined;
}

/** The parts of the bars, with their counts. */
export function Legend({ id, series, hour }: LegendProps) {
  const format = useFormat();
  return (
    <ul className="legend">
      {series.map(({ key, name, look, counts, href }) => (
        <li key={key}>
          <Swatch id={id} look={look} />
          {href ? <Link href={href}>{name}</Link> : <span>{name}</span>}
          <b>{format.number(hour === undefined ? sum(counts) : (counts[hour] ?? 0))}</b>
        </li>
      ))}
    </ul>
  );
}
