import { AxisBottom, AxisLeft } from '@visx/axis';
import { scaleBand, scaleLinear } from '@visx/scale';
import { BarStack } from '@visx/shape';
import { useFormat } from '../../../shared/format.ts';
import { Patterns } from './patterns.tsx';
import { addUp, type Series } from './series.ts';

const HEIGHT = 150;
const MARGIN = { top: 6, bottom: 24, left: 34, right: 2 };
/** Hours between two labels. */
const LABEL_EVERY = 6;

export interface BarsProps {
  /** When each hour begins, oldest first. */
  readonly hours: readonly string[];
  readonly series: readonly Series[];
  readonly width: number;
  /** ID of the fills: see Patterns. */
  readonly id: string;
  readonly label: string;
  /** The hour that is pointed at. */
  readonly active: number | undefined;
  onPoint(hour: number | undefined): void;
}

/** One bar for each hour. */
export default function Bars({ hours, series, width, id, label, active, onPoint }: BarsProps) {
  const format = useFormat();
  const right = Math.max(MARGIN.left + 1, width - MARGIN.right);
  const bottom = HEIGHT - MARGIN.bottom;
  const x = scaleBand({ domain: hours.map((_, hour) => hour), range: [MARGIN.left, right], padding: 0.2 });
  const top = Math.max(1, ...addUp(series.map(({ counts }) => counts)));
  const y = scaleLinear({ domain: [0, top], range: [bottom, MARGIN.top], nice: 3 });
  const data = hours.map((_, hour) => ({
    hour,
    ...Object.fromEntries(series.map(({ key, counts }) => [key, counts[hour] ?? 0])),
  }));

  return (
    <svg
      className="bars"
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={label}
      onPointerLeave={() => onPoint(undefined)}
    >
      <Patterns id={id} />
      <AxisLeft
        scale={y}
        left={MARGIN.left}
        tickValues={y.ticks(3).filter(Number.isInteger)}
        tickFormat={(value) => format.number(Number(value))}
        tickLength={right - MARGIN.left}
        tickTransform={`translate(${right - MARGIN.left}, 0)`}
        tickLineProps={{ className: 'bars-grid' }}
        tickLabelProps={{ className: 'bars-label', dx: '-0.4em', dy: '0.3em', fontSize: 12 }}
        hideAxisLine
      />
      <BarStack<(typeof data)[number], string>
        data={data}
        keys={series.map(({ key }) => key)}
        x={({ hour }) => hour}
        xScale={x}
        yScale={y}
        color={(key) => `url(#${id}-${series.find((one) => one.key === key)?.look ?? 'rest'})`}
      >
        {(stacks) =>
          stacks.flatMap(({ key, bars }) =>
            bars.map((bar) => (
              <rect
                key={`${key}-${bar.index}`}
                x={bar.x}
                y={bar.y}
                width={bar.width}
                height={Math.max(0, bar.height)}
                fill={bar.color}
                opacity={active === undefined || active === bar.index ? 1 : 0.4}
              />
            )),
          )
        }
      </BarStack>
      <AxisBottom
        scale={x}
        top={bottom}
        tickValues={hours.map((_, hour) => hour).filter((hour) => (hours.length - 1 - hour) % LABEL_EVERY === 0)}
        tickFormat={(hour) => format.clock(hours[Number(hour)] ?? '')}
        tickLength={4}
        axisLineClassName="bars-axis"
        tickLineProps={{ className: 'bars-axis' }}
        tickLabelProps={(hour) => ({
          className: 'bars-label',
          fontSize: 12,
          // The last label has no space on its right.
          textAnchor: hour === hours.length - 1 ? 'end' : 'middle',
          dx: hour === hours.length - 1 ? x.bandwidth() / 2 : 0,
        })}
      />
      {hours.map((hour, index) => (
        <rect
          key={hour}
          className="bars-hour"
          x={(x(index) ?? 0) - (x.step() - x.bandwidth()) / 2}
          y={0}
          width={x.step()}
          height={bottom}
          onPointerEnter={() => onPoint(index)}
        />
      ))}
    </svg>
  );
}
