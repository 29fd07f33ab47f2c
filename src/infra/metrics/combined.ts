import type { Exposition, Snapshot } from './prometheus.ts';

type Metric = Snapshot[number];

/** Metrics of the process whose combination in prom-client would hide one that is in trouble, or is missing. */
const AGGREGATORS: Record<string, Metric['aggregator']> = {
  process_start_time_seconds: 'min',
  process_max_fds: 'max',
  nodejs_eventloop_lag_seconds: 'max',
  nodejs_eventloop_lag_mean_seconds: 'max',
  nodejs_eventloop_lag_stddev_seconds: 'max',
  nodejs_eventloop_lag_p50_seconds: 'max',
  nodejs_eventloop_lag_p90_seconds: 'max',
  nodejs_eventloop_lag_p99_seconds: 'max',
};

/** Several processes as one, in Prometheus' text format. METRICS says of each metric how. */
export async function combine(snapshots: readonly Snapshot[]): Promise<Exposition> {
  const registry = await aggregate(snapshots);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/** The same as a snapshot. */
export const merge = async (snapshots: readonly Snapshot[]): Promise<Snapshot> =>
  (await aggregate(snapshots)).getMetricsAsJSON();

/** What only grows: it still counts when the process has ended. */
export const keepTotals = (snapshot: Snapshot): Snapshot =>
  // The declared type is an enum; the value is a word.
  snapshot.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));

async function aggregate(snapshots: readonly Snapshot[]) {
  const { AggregatorRegistry } = await import('prom-client');
  return AggregatorRegistry.aggregate(snapshots.map((snapshot) => snapshot.map(toNumbers)));
}

/** In JSON, what is no number, such as a lag that was not measured yet, has become null. */
const toNumbers = (metric: Metric): Metric => ({
  ...metric,
  aggregator: AGGREGATORS[metric.name] ?? metric.aggregator,
  values: metric.values.filter(({ value }) => Number.isFinite(value)),
});
