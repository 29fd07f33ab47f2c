import { LOOKS, type Look } from './series.ts';

/** The lines on each colour, in a square of 8. */
const LINES: Readonly<Record<Look, string | undefined>> = {
  good: undefined,
  bad: 'M-2 2 2 -2 M0 8 8 0 M6 10 10 6',
  wait: 'M0 4H8',
  a: undefined,
  b: 'M-2 6 2 10 M0 0 8 8 M6 -2 10 2',
  c: 'M4 0V8',
  d: 'M2 2h.01 M6 6h.01',
  e: 'M0 4H8 M4 0V8',
  rest: 'M0 2H8 M0 6H8',
};

/** The fills of one drawing. */
export const Patterns = ({ id }: { readonly id: string }) => (
  <defs>
    {LOOKS.map((look) => (
      <pattern key={look} id={`${id}-${look}`} width={8} height={8} patternUnits="userSpaceOnUse">
        <rect width={8} height={8} className={`look ${look}`} />
        {LINES[look] && <path d={LINES[look]} className="look-lines" />}
      </pattern>
    ))}
  </defs>
);

/** In a legend. */
export const Swatch = ({ id, look }: { readonly id: string; readonly look: Look }) => (
  <svg className="swatch" width={16} height={16} aria-hidden>
    <rect width={16} height={16} rx={3} fill={`url(#${id}-${look})`} />
  </svg>
);
