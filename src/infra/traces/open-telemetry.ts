import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../../config.ts';
import { SECOND } from '../../core/clock.ts';
import type { Log } from '../../core/log.ts';
import type { Span, SpanStart, Tracer } from '../../core/tracer.ts';
import { openExporter } from './exporter.ts';
import { createSampler } from './sampler.ts';

interface Dependencies {
  config: TracesConfig;
  version: string;
  log: Log;
}

/** Milliseconds to send the last spans. */
const CLOSE_TIMEOUT = 3 * SECOND;
/** Spans that wait to be sent. Further ones are dropped while the collector does not keep up. */
const MOST_WAITING = 2_048;
/** Characters of the value of an attribute. */
const LONGEST_VALUE = 256;

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

/** Our span with that of the library. */
interface Recorded extends Span {
  readonly context: Context;
  readonly isOver: boolean;
}

/** Sends traces with OTLP. Only this folder knows OpenTelemetry, and it is loaded only if traces are sent. */
export async function openTracer({ config, version, log }: Dependencies): Promise<Tracer> {
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.version': version,
        'service.instance.id': randomUUID(),
        ...config.resource,
        'service.name': config.serviceName,
      }),
    ),
    sampler: createSampler(config.sampler),
    spanLimits: { attributeValueLengthLimit: LONGEST_VALUE },
    spanProcessors: [new BatchSpanProcessor({ exporter: await openExporter(config, log), maxQueueSize: MOST_WAITING })],
  });
  const library = provider.getTracer('latchkey', version);
  const propagator = new W3CTraceContextPropagator();
  const current = new AsyncLocalStorage<Recorded>();

  function start({ name, kind, attributes }: SpanStart, parent: Context): Recorded {
    const span = library.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes } }, parent);
    const context = trace.setSpan(parent, span);
    let isOver = false;
    return {
      context,
      get isOver() {
        return isOver;
      },
      traceId: span.spanContext().traceId,
      get headers() {
        const headers: Record<string, string> = {};
        propagator.inject(context, headers, defaultTextMapSetter);
        return headers;
      },
      rename: (to) => void span.updateName(to),
      set: (more) => void span.setAttributes({ ...more }),
      fail(type) {
        span.setAttribute('error.type', type);
        span.setStatus({ code: SpanStatusCode.ERROR });
      },
      end() {
        isOver = true;
        span.end();
      },
    };
  }

  /** A task that a request started may outlive it, and is then no longer part of its trace. */
  function findCurrent(): Recorded | undefined {
    const span = current.getStore();
    return span?.isOver ? undefined : span;
  }

  return {
    receive: (options, headers) => start(options, propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)),
    begin: (options) => start(options, findCurrent()?.context ?? ROOT_CONTEXT),
    isActive: () => findCurrent() !== undefined,
    // All spans are made above.
    within: (span, run) => current.run(span as Recorded, run),
    async close() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_TIMEOUT);
      });
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}
