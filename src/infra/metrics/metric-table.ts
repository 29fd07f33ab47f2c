/** How the values of several processes become one. Facts of the database are the same in all of them. */
type Combination = 'sum' | 'max' | 'min';

export interface MetricDefinition {
  kind: 'counter' | 'gauge' | 'histogram';
  /** One sentence, for the comment of the scrape and docs/metrics.md. */
  help: string;
  labels: readonly string[];
  across: Combination;
}

const counter = <const Label extends string>(help: string, ...labels: Label[]) =>
  ({ kind: 'counter', help, labels, across: 'sum' }) as const;
const histogram = <const Label extends string>(help: string, ...labels: Label[]) =>
  ({ kind: 'histogram', help, labels, across: 'sum' }) as const;
const gauge = <const Label extends string>(across: Combination, help: string, ...labels: Label[]) =>
  ({ kind: 'gauge', help, labels, across }) as const;

/**
 * Every metric of the service. The values of labels come from the schema, the code or the settings, never from a request:
 * what is not known there is `other`. No label is about a user.
 */
export const METRICS = {
  latchkey_build_info: gauge('max', 'Always 1; the label is the version.', 'version'),
  latchkey_workers: gauge('sum', 'Processes that serve requests and whose values are in the scrape: see WORKERS.'),
  latchkey_workers_replaced_total: counter('Worker processes that ended by themselves. Another one takes their place.'),
  latchkey_workers_silent_total: counter('Worker processes that did not answer a scrape in time.'),
  latchkey_dependency_up: gauge(
    'min',
    'Whether a dependency can be used: database, disk (space for writes), store (Redis) and migrations.',
    'dependency',
  ),

  latchkey_http_request_duration_seconds: histogram(
    'Time until an HTTP response was sent, by route, method and status.',
    'route',
    'method',
    'status',
  ),
  latchkey_operations_total: counter(
    'GraphQL operations by the field at their root and their outcome: a member of its union, ok, or an error code.',
    'operation',
    'outcome',
  ),
  latchkey_operation_duration_seconds: histogram(
    'Time until the response of a GraphQL operation was sent, by the field at its root.',
    'operation',
  ),
  latchkey_refreshes_total: counter('Refresh tokens presented, by what became of them.', 'outcome'),
  latchkey_rate_limit_refusals_total: counter('Requests refused because a rate limit was exceeded, by limit.', 'limit'),

  latchkey_hash_queue_waiting: gauge('sum', 'Operations and hashes that wait for their turn in the hash queue.'),
  latchkey_hash_queue_running: gauge('sum', 'Password hashes that are being computed.'),
  latchkey_hash_queue_wait_seconds: histogram('Time that an operation or a hash waited in the hash queue.'),
  latchkey_hash_queue_refusals_total: counter('Operations refused because the hash queue was full.'),
  latchkey_hash_duration_seconds: histogram('Time to compute a password hash, without the wait.'),

  latchkey_database_pool_size: gauge('sum', 'Connections to PostgreSQL that may be in use at once.'),
  latchkey_database_pool_used: gauge('sum', 'Connections to PostgreSQL that are in use.'),
  latchkey_database_pool_waiting: gauge('sum', 'Statements and transactions that wait for a connection.'),
  latchkey_database_pool_refusals_total: counter('Statements and transactions that got no connection in time.'),
  latchkey_store_fallbacks_total: counter(
    'Calls that the database served because Redis did not respond, by duty.',
    'duty',
  ),

  latchkey_deliveries_waiting: gauge('max', 'Messages and webhooks that wait to be delivered, by channel.', 'channel'),
  latchkey_deliveries_oldest_waiting_seconds: gauge(
    'max',
    'Age of the oldest message or webhook that waits to be delivered, by channel; 0 if none waits.',
    'channel',
  ),
  latchkey_deliveries_given_up: gauge(
    'max',
    'Messages and webhooks that were given up and are still stored, by channel.',
    'channel',
  ),
  latchkey_outgoing_requests_total: counter(
    'Requests to mail servers, SMS gateways, webhook receivers and social providers, by outcome.',
    'to',
    'outcome',
  ),
  latchkey_outgoing_request_duration_seconds: histogram('Time of requests to other servers.', 'to'),

  latchkey_signing_key_age_seconds: gauge('max', 'Time since the current key began to sign access tokens.'),
  latchkey_signing_key_rotation_seconds: gauge(
    'max',
    'Age at which the next key replaces the current one: SIGNING_KEY_ROTATION.',
  ),
  latchkey_sweep_rows_total: counter('Rows that housekeeping deleted or updated, by sweep.', 'sweep'),
  latchkey_sweep_failures_total: counter('Sweeps of housekeeping that failed, by sweep.', 'sweep'),
  latchkey_sweep_duration_seconds: histogram('Time of a sweep of housekeeping, with its pauses.', 'sweep'),
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;

type NamesOf<Kind extends MetricDefinition['kind']> = {
  [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never;
}[MetricName];
export type CounterName = NamesOf<'counter'>;
export type GaugeName = NamesOf<'gauge'>;
export type HistogramName = NamesOf<'histogram'>;

export type Labels<Name extends MetricName> = Readonly<Record<(typeof METRICS)[Name]['labels'][number], string>>;
