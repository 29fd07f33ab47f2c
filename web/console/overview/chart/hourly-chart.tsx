import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { useFormat } from '../../../shared/format.ts';
import { useLocale } from '../../../shared/locale.tsx';
import { plural } from '../../../shared/words.ts';
import type { ChartWords } from '../words/en.ts';
import { useOverviewWords } from '../words.ts';
import { CountsTable } from './counts-table.tsx';
import { Legend } from './legend.tsx';
import { addUp, type Series, sum } from './series.ts';
import { useWidth } from './use-width.ts';

const Bars = lazy(() => import('./bars.tsx'));

export interface HourlyChartProps {
  readonly words: ChartWords;
  readonly hours: readonly string[];
  readonly series: readonly Series[];
  /** Such as a choice of what the bars are divided by. */
  readonly controls?: ReactNode;
}

/** Counts of the last hours as bars, with a legend, and as a table. */
export function HourlyChart({ words: { title, unit, empty }, hours, series, controls }: HourlyChartProps) {
  const words = useOverviewWords();
  const { locale } = useLocale();
  const format = useFormat();
  const id = useId();
  const [ref, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState<number>();
  const perHour = addUp(series.map(({ counts }) => counts));
  const total = sum(perHour);
  const hour = active === undefined ? undefined : hours[active];

  return (
    <figure className="card chart" aria-labelledby={`${id}-title`}>
      <figcaption>
        <h2 id={`${id}-title`}>{title}</h2>
        {total > 0 && (
          <p className="chart-total">
            {hour === undefined ? (
              plural(locale, total, unit)
            ) : (
              <>
                <span className="quiet-text">{format.clock(hour)}</span>{' '}
                {plural(locale, perHour[active ?? 0] ?? 0, unit)}
              </>
            )}
          </p>
        )}
      </figcaption>
      {total > 0 && controls}
      <div ref={ref} className="chart-area">
        {total === 0 ? (
          <p className="chart-empty">{empty}</p>
        ) : (
          <Suspense>
            {width > 0 && (
              <Bars
                {...{ hours, series, width, active }}
                id={id}
                label={words.chartLabel.replace('{title}', () => title)}
                onPoint={setActive}
              />
            )}
          </Suspense>
        )}
      </div>
      {total > 0 && (
        <>
          <Legend id={id} series={series} hour={active} />
          <CountsTable title={title} hours={hours} series={series} />
        </>
      )}
    </figure>
  );
}
