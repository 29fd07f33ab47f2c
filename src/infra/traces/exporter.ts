import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../../config.ts';
import type { Log } from '../../core/log.ts';
import { errorType } from '../../core/tracer.ts';

/** Sends spans to the collector. The log has one line when that begins to fail, and one when it works again. */
export async function openExporter({ url, protocol, headers }: TracesConfig, log: Log): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers } });
  let works = true;

  function report(error: Error | undefined): void {
    const worked = works;
    works = error === undefined;
    if (works === worked) return;
    if (works) log.info({}, 'traces are sent again');
    else
      log.warn(
        { reason: errorType(error) }, // The library's message quotes the response of the collector.
        'traces cannot be sent: spans are dropped; check OTEL_EXPORTER_OTLP_ENDPOINT',
      );
  }

  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        // 0 is success.
        report(result.code === 0 ? undefined : (result.error ?? new Error()));
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush(),
  };
}
