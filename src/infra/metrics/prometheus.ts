import type { MetricObjectWithValues, MetricValue } from 'prom-client';
import { SECOND } from '../../core/clock.ts';
import { type CounterName, type HistogramName, METRICS, type MetricDefinition } from './metric-table.ts';
import type { Metrics, Reading, Source } from './metrics.ts';

/** A response to a scrape. */
export interface Exposition {
  contentType: string;
  text: string;
}

/** All metrics, with those of Node.js and the process. Simultaneous calls share one reading. */
export interface PrometheusMetrics extends Metrics {
  /** In Prometheus' text format. */
  scrape(): Promise<Exposition>;
  /** For another process, which adds them up. */
  snapshot(): Promise<Snapshot>;
}

/** The metrics of a process. It can be sent as JSON. */
export type Snapshot = MetricObjectWithValues<MetricValue<string>>[];

/** Seconds. From a query by its key to a request that waits for a text message. */
const BUCKETS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Milliseconds that a source may take: Prometheus waits ten seconds by default. */
const SOURCE_DEADLINE = 3 * SECOND;

/** Loads prom-client: without METRICS_PORT, it is not needed. */
export async function openPrometheus({ sourceDeadline = SOURCE_DEADLINE } = {}): Promise<PrometheusMetrics> {
  const { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const definitions = Object.entries<MetricDefinition>(METRICS);
  const listOf = (kind: MetricDefinition['kind']) =>
    definitions
      .filter(([, definition]) => definition.kind === kind)
      .map(([name, { help, labels, across }]) => ({
        name,
        help,
        labelNames: [...labels],
        aggregator: across,
        registers: [registry],
      }));
  const counters = new Map(listOf('counter').map((options) => [options.name, new Counter(options)]));
  const gauges = new Map(listOf('gauge').map((options) => [options.name, new Gauge(options)]));
  const histograms = new Map(
    listOf('histogram').map((options) => [options.name, new Histogram({ ...options, buckets: BUCKETS })]),
  );
  const sources = new Map<Source, readonly Reading[]>();
  let refreshing: Promise<unknown> | undefined;

  function show({ name, labels, value }: Reading): void {
    gauges.get(name)?.set(labels, value);
    counters.get(name)?.inc(labels, value);
  }

  /** Reads the source, and replaces its previous values. */
  async function refresh(source: Source): Promise<void> {
    const readings = await within(sourceDeadline, source);
    for (const { name } of sources.get(source) ?? []) (gauges.get(name) ?? counters.get(name))?.reset();
    for (const reading of readings) show(reading);
    sources.set(source, readings);
  }

  function refreshAll(): Promise<unknown> {
    refreshing ??= Promise.all([...sources.keys()].map(refresh)).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  return {
    count: (name: CounterName, labels: Reading['labels'], by = 1) => counters.get(name)?.inc(labels, by),
    observe: (name: HistogramName, labels: Reading['labels'], seconds: number) =>
      histograms.get(name)?.observe(labels, seconds),
    read: (source) => void sources.set(source, []),
    async scrape() {
      await refreshAll();
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    async snapshot() {
      await refreshAll();
      return registry.getMetricsAsJSON();
    },
  };
}

/** What the source reads; nothing if it fails or takes too long. @param deadline milliseconds */
async function within(deadline: number, source: Source): Promise<readonly Reading[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Reading[]>((resolve) => {
    timer = setTimeout(resolve, deadline, []);
  });
  const read = async () => source();
  return Promise.race([read().catch(() => []), late]).finally(() => clearTimeout(timer));
}
