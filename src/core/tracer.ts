import type { IncomingHttpHeaders } from 'node:http';

/** Words and numbers of the code and the settings, never of a request: anyone who reads traces sees them. */
export type Attributes = Readonly<Record<string, string | number>>;

export interface SpanStart {
  name: string;
  /** Server: a request that arrived. Client: one to another program. Internal: a part of the work. */
  kind: 'server' | 'client' | 'internal';
  attributes?: Attributes;
}

/** A part of a trace: a piece of work with its start and its end. */
export interface Span {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** Headers with which another program continues the trace (W3C Trace Context). */
  readonly headers: Readonly<Record<string, string>>;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** Marks the work as failed. @param type a code or a word, never a message, which may quote values */
  fail(type: string): void;
  end(): void;
}

/** Records traces. The service has none without OTEL_EXPORTER_OTLP_ENDPOINT. */
export interface Tracer {
  /** Begins the trace of a request, or continues that of the caller whose headers name one. */
  receive(start: SpanStart, headers: IncomingHttpHeaders): Span;
  /** Begins a span inside the current one. If there is none, or it has ended: the first of a new trace. */
  begin(start: SpanStart): Span;
  /** Whether work is part of a span that has not ended. */
  isActive(): boolean;
  /** Runs a function, and all that it starts, inside the span. */
  within<T>(span: Span, run: () => T): T;
  /** Sends what is recorded, for a few seconds at most. */
  close(): Promise<void>;
}

/**
 * Runs a call to another program in a span of its own.
 * @param describe sets attributes, or marks a failure that the call returns
 * @throws what the call throws
 */
export async function traceCall<T>(
  tracer: Tracer,
  start: SpanStart,
  call: (span: Span) => PromiseLike<T>,
  describe: (span: Span, result: T) => void = () => {},
): Promise<T> {
  const span = tracer.begin(start);
  try {
    const result = await call(span);
    describe(span, result);
    return result;
  } catch (error) {
    span.fail(errorType(error));
    throw error;
  } finally {
    span.end();
  }
}

/** A code such as 23505 or ECONNREFUSED, or else the class of the error. */
export const errorType = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && /^\w{1,40}$/.test(String(error.code)) ? String(error.code) : error.name;
};
