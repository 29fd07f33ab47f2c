import type { Channel } from '../core/channel.ts';
import type { PrometheusMetrics } from '../infra/metrics/prometheus.ts';
import { type Answer, SCRAPE } from './topics.ts';

/** In a worker: tells the primary process what was measured, whenever it asks. */
export function answerScrapes(channel: Channel, metrics: PrometheusMetrics): void {
  channel.listen<number>(SCRAPE, async (scrape) => {
    const snapshot = await metrics.snapshot().catch(() => undefined);
    // Without an answer the primary counts this worker as silent.
    if (snapshot) channel.send(SCRAPE, { scrape, snapshot } satisfies Answer);
  });
}
