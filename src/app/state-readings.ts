import { SECOND } from '../core/clock.ts';
import { type Metrics, reading } from '../infra/metrics/metrics.ts';
import { VERSION } from '../version.ts';
import type { Infrastructure } from './infrastructure.ts';
import type { Services } from './services.ts';

type Read = Pick<Services, 'health' | 'deliveries' | 'keys'>;

/** Adds what is read at each scrape. @param sweeps their names */
export function readState(
  metrics: Metrics,
  { config, clock, poolUsage }: Infrastructure,
  { health, deliveries, keys }: Read,
  sweeps: readonly string[],
): void {
  for (const sweep of sweeps) {
    metrics.count('latchkey_sweep_rows_total', { sweep }, 0);
    metrics.count('latchkey_sweep_failures_total', { sweep }, 0);
  }

  metrics.read(() => [
    reading('latchkey_workers', {}, 1),
    reading('latchkey_build_info', { version: VERSION }, 1),
    reading('latchkey_signing_key_rotation_seconds', {}, config.tokens.keyRotation / SECOND),
  ]);

  metrics.read(() => {
    const since = keys.signingSince();
    if (!since) return [];
    return [reading('latchkey_signing_key_age_seconds', {}, (clock.now().getTime() - since.getTime()) / SECOND)];
  });

  metrics.read(async () =>
    Object.entries(await health.check()).map(([dependency, isUp]) =>
      reading('latchkey_dependency_up', { dependency }, isUp ? 1 : 0),
    ),
  );

  metrics.read(async () =>
    (await deliveries.backlog()).flatMap(({ channel: name, waiting, oldestAge, givenUp }) => {
      const labels = { channel: name.toLowerCase() };
      return [
        reading('latchkey_deliveries_waiting', labels, waiting),
        reading('latchkey_deliveries_oldest_waiting_seconds', labels, oldestAge / SECOND),
        reading('latchkey_deliveries_given_up', labels, givenUp),
      ];
    }),
  );

  if (poolUsage)
    metrics.read(() => {
      const { size, used, waiting, refused } = poolUsage();
      return [
        reading('latchkey_database_pool_size', {}, size),
        reading('latchkey_database_pool_used', {}, used),
        reading('latchkey_database_pool_waiting', {}, waiting),
        reading('latchkey_database_pool_refusals_total', {}, refused),
      ];
    });
}
