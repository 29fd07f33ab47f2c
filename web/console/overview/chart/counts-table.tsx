import { useFormat } from '../../../shared/format.ts';
import { useOverviewWords } from '../words.ts';
import { addUp, type Series, sum } from './series.ts';

export interface CountsTableProps {
  readonly title: string;
  readonly hours: readonly string[];
  readonly series: readonly Series[];
}

/** The numbers of a chart. */
export function CountsTable({ title, hours, series }: CountsTableProps) {
  const words = useOverviewWords();
  const format = useFormat();
  const isDivided = series.length > 1;
  const perHour = addUp(series.map(({ counts }) => counts));
  return (
    <details className="chart-table">
      <summary>
        {words.asTable}
        <span className="hidden">: {title}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keyboard, too */}
      <section className="scroll" aria-label={title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.hour}</th>
              {series.map(({ key, name }) => (
                <th key={key} scope="col">
                  {name}
                </th>
              ))}
              {isDivided && <th scope="col">{words.total}</th>}
            </tr>
          </thead>
          <tbody>
            {hours.map((hour, index) => (
              <tr key={hour}>
                <th scope="row">{format.clock(hour)}</th>
                {series.map(({ key, counts }) => (
                  <td key={key}>{format.number(counts[index] ?? 0)}</td>
                ))}
                {isDivided && <td>{format.number(perHour[index] ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{words.total}</th>
              {series.map(({ key, counts }) => (
                <td key={key}>{format.number(sum(counts))}</td>
              ))}
              {isDivided && <td>{format.number(sum(perHour))}</td>}
            </tr>
          </tfoot>
        </table>
      </section>
    </details>
  );
}
