import type { Log } from '../core/log.ts';

/** Refused origins that are remembered, in characters and in number: any client can send one. */
const LONGEST = 200;
const MOST = 100;

/** Says once for each origin what to set. Only for development: in production, any website can send requests. */
export function createRefusedOriginLine(log: Log): (origin: string) => void {
  const known = new Set<string>();
  return (given) => {
    const origin = given.slice(0, LONGEST);
    if (known.has(origin) || known.size >= MOST) return;
    known.add(origin);
    log.warn({ origin }, 'a browser page of this origin was refused: to allow it, add the origin to ALLOWED_ORIGINS');
  };
}
