import type { IncomingHttpHeaders } from 'node:http';

/** W3C Trace Context, section 3.2: version 00, trace id, parent id, flags. Neither id may be zero. */
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace that the caller says the request belongs to; undefined if the header is missing or malformed. */
export function readTraceId({ traceparent }: IncomingHttpHeaders): string | undefined {
  return typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined;
}
