import type { Exposition, Snapshot } from './prometheus.ts';

type Metric = Snapshot[number];

/** Where prom-client would take the average, which hides a process in trouble, or a sum, or omit the metric. */
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

/** Combines the metrics of several processes, each as `across` in METRICS says. In Prometheus' text format. */
export async function combine(snapshots: readonly Snapshot[]): Promise<Exposition> {
  const registry = await aggregate(snapshots);
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/** The same as a snapshot. */
export const merge = async (snapshots: readonly Snapshot[]): Promise<Snapshot> =>
  (await aggregate(snapshots)).getMetricsAsJSON();

/** What only grows: it still counts after the process has ended. */
export const keepTotals = (snapshot: Snapshot): Snapshot =>
  // The declared type is an enum; the value is a word.
  snapshot.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));

async function aggregate(snapshots: readonly Snapshot[]) {
  const { AggregatorRegistry } = await import('prom-client');
  return AggregatorRegistry.aggregate(snapshots.map((snapshot) => snapshot.map(prepare)));
}

/** Sets our aggregator, and drops null: in JSON, that stands for NaN, such as a lag that was not measured yet. */
const prepare = (metric: Metric): Metric => ({
  ...metric,
  aggregator: AGGREGATORS[metric.name] ?? metric.aggregator,
  values: metric.values.filter(({ value }) => Number.isFinite(value)),
});
