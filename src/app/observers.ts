import type { Config } from '../config.ts';
import { monotonic, SECOND } from '../core/clock.ts';
import { RefreshFailure } from '../core/session-problems.ts';
import type { HashQueueObserver } from '../features/credentials/observed-hash-queue.ts';
import type { SweepReport } from '../features/housekeeping/housekeeping.service.ts';
import type { Limit } from '../features/rate-limits/limits.ts';
import type { RefreshResult } from '../features/sessions/refresh.service.ts';
import { type Metrics, reading } from '../infra/metrics/metrics.ts';
import type { Observe } from '../infra/observed-requests.ts';
import type { OnFallback } from '../infra/store/fallbacks.ts';

/** What the parts of the service report as it happens. Empty without METRICS_PORT: then nothing is measured. */
export interface Observers {
  hashQueue?: HashQueueObserver;
  onRateLimit?: (limit: Limit) => void;
  onRefresh?: (result: RefreshResult) => void;
  onSweep?: (report: SweepReport) => void;
  onFallback?: OnFallback;
  outgoing?: Observe;
}

/** Shown from the start, so that an alert sees the first of them. */
const REFRESH_RESULTS = ['ROTATED', 'REPEATED', 'RATE_LIMITED', ...Object.keys(RefreshFailure)];

export function createObservers(metrics: Metrics, { store }: Pick<Config, 'store'>): Observers {
  metrics.count('latchkey_hash_queue_refusals_total', {}, 0);
  if (store.kind === 'redis')
    for (const duty of ['rate-limits', 'revocations']) metrics.count('latchkey_store_fallbacks_total', { duty }, 0);
  for (const result of REFRESH_RESULTS) metrics.count('latchkey_refreshes_total', { outcome: result.toLowerCase() }, 0);

  return {
    hashQueue: {
      waited: (time) => metrics.observe('latchkey_hash_queue_wait_seconds', {}, time / SECOND),
      hashed: (time) => metrics.observe('latchkey_hash_duration_seconds', {}, time / SECOND),
      refused: () => metrics.count('latchkey_hash_queue_refusals_total', {}),
      watch: (load) =>
        metrics.read(() => {
          const { waiting, running } = load();
          return [
            reading('latchkey_hash_queue_waiting', {}, waiting),
            reading('latchkey_hash_queue_running', {}, running),
          ];
        }),
    },
    onRateLimit: ({ name }) => metrics.count('latchkey_rate_limit_refusals_total', { limit: name }),
    onRefresh: (result) => metrics.count('latchkey_refreshes_total', { outcome: result.toLowerCase() }),
    onSweep({ sweep, rows, time, failed }) {
      metrics.count('latchkey_sweep_rows_total', { sweep }, rows);
      metrics.count('latchkey_sweep_failures_total', { sweep }, failed ? 1 : 0);
      metrics.observe('latchkey_sweep_duration_seconds', { sweep }, time / SECOND);
    },
    onFallback: (duty) => metrics.count('latchkey_store_fallbacks_total', { duty }),
    async outgoing(to, send, findOutcome) {
      const startedAt = monotonic();
      const result = await send();
      metrics.count('latchkey_outgoing_requests_total', { to, outcome: findOutcome(result) });
      metrics.observe('latchkey_outgoing_request_duration_seconds', { to }, (monotonic() - startedAt) / SECOND);
      return result;
    },
  };
}
