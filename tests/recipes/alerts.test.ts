import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ROOT, readYaml } from '../support/deployment.ts';
import { findLanguage, missingLanguage } from '../support/other-languages.ts';
import { temporaryDirectory } from '../support/server-process.ts';
import { STARTS_PROGRAMS } from '../support/servers.ts';

const FILE = 'deploy/prometheus/alerts.yaml';

/** Series and their values, a minute apart, in the notation of promtool: `0+5x30` is 0, 5 … 150. */
type Series = Readonly<Record<string, string>>;

/** Of a service that works, for two hours. */
const HEALTHY: Series = {
  'up{job="latchkey",instance="a"}': '1x120',
  'latchkey_build_info{job="latchkey",instance="a"}': '1x120',
  'latchkey_dependency_up{instance="a",dependency="database"}': '1x120',
  'latchkey_dependency_up{instance="a",dependency="store"}': '1x120',
  'latchkey_operations_total{operation="me",outcome="ok"}': '0+1000x120',
  'latchkey_operations_total{operation="me",outcome="INTERNAL_SERVER_ERROR"}': '0+1x120',
  'latchkey_operations_total{operation="login",outcome="Authenticated"}': '0+100x120',
  'latchkey_operations_total{operation="login",outcome="InvalidCredentials"}': '0+100x120',
  'latchkey_operation_duration_seconds_bucket{operation="me",le="0.5"}': '0+1000x120',
  'latchkey_operation_duration_seconds_bucket{operation="me",le="1"}': '0+1000x120',
  'latchkey_operation_duration_seconds_bucket{operation="me",le="+Inf"}': '0+1000x120',
  'latchkey_hash_queue_refusals_total{instance="a"}': '0+1x120',
  'latchkey_database_pool_refusals_total{instance="a"}': '0+1x120',
  'nodejs_eventloop_lag_p99_seconds{job="latchkey",instance="a"}': '0.02x120',
  'process_resident_memory_bytes{job="latchkey",instance="a"}': '1500000000x120',
  'latchkey_workers{job="latchkey",instance="a"}': '4x120',
  'latchkey_deliveries_oldest_waiting_seconds{channel="mail"}': '2x120',
  'latchkey_deliveries_oldest_waiting_seconds{channel="webhook"}': '600x120',
  'latchkey_deliveries_given_up{channel="mail"}': '3x120',
  'latchkey_rate_limit_refusals_total{limit="sms-all"}': '0x120',
  'latchkey_rate_limit_refusals_total{limit="login-account"}': '0+1x120',
  'latchkey_refreshes_total{outcome="reused"}': '0x120',
  latchkey_signing_key_age_seconds: '80000x120',
  latchkey_signing_key_rotation_seconds: '90000x120',
  'latchkey_sweep_failures_total{sweep="sessions"}': '0x120',
  'latchkey_sweep_duration_seconds_count{instance="a"}': '0+1x120',
};

/** What is wrong, and after how many minutes the alert fires. */
const SITUATIONS: readonly [string, number, Series][] = [
  ['LatchkeyDown', 3, { 'up{job="latchkey",instance="a"}': '0x120' }],
  ['LatchkeyDown', 3, { 'up{job="latchkey",instance="a"}': '_x120' }],
  ['LatchkeyDependencyDown', 2, { 'latchkey_dependency_up{instance="a",dependency="database"}': '0x120' }],
  ['LatchkeyRedisDown', 6, { 'latchkey_dependency_up{instance="a",dependency="store"}': '0x120' }],
  ['LatchkeyErrors', 12, { 'latchkey_operations_total{operation="me",outcome="INTERNAL_SERVER_ERROR"}': '0+20x120' }],
  ['LatchkeySlow', 16, { 'latchkey_operation_duration_seconds_bucket{operation="me",le="0.5"}': '0+900x120' }],
  ['LatchkeyHashQueueFull', 12, { 'latchkey_hash_queue_refusals_total{instance="a"}': '0+60x120' }],
  ['LatchkeyPoolExhausted', 12, { 'latchkey_database_pool_refusals_total{instance="a"}': '0+60x120' }],
  ['LatchkeyEventLoopBlocked', 11, { 'nodejs_eventloop_lag_p99_seconds{job="latchkey",instance="a"}': '0.3x120' }],
  ['LatchkeyMemory', 16, { 'process_resident_memory_bytes{job="latchkey",instance="a"}': '4000000000x120' }],
  ['LatchkeyMessagesDelayed', 6, { 'latchkey_deliveries_oldest_waiting_seconds{channel="mail"}': '400x120' }],
  ['LatchkeyWebhooksDelayed', 11, { 'latchkey_deliveries_oldest_waiting_seconds{channel="webhook"}': '4000x120' }],
  ['LatchkeyDeliveriesGivenUp', 25, { 'latchkey_deliveries_given_up{channel="mail"}': '3x20 4x100' }],
  ['LatchkeyTextsRefused', 20, { 'latchkey_rate_limit_refusals_total{limit="sms-all"}': '0+2x120' }],
  [
    'LatchkeyPasswordGuessing',
    22,
    { 'latchkey_operations_total{operation="login",outcome="InvalidCredentials"}': '0+300x120' },
  ],
  ['LatchkeyRequestsRefused', 22, { 'latchkey_rate_limit_refusals_total{limit="login-account"}': '0+120x120' }],
  ['LatchkeyTokensReused', 20, { 'latchkey_refreshes_total{outcome="reused"}': '0+1x120' }],
  ['LatchkeySigningKeyOld', 16, { latchkey_signing_key_age_seconds: '94000x120' }],
  ['LatchkeySweepsFail', 10, { 'latchkey_sweep_failures_total{sweep="sessions"}': '0+1x120' }],
  ['LatchkeySweepsMissing', 100, { 'latchkey_sweep_duration_seconds_count{instance="a"}': '5x120' }],
  ['LatchkeySweepsMissing', 31, { 'latchkey_sweep_duration_seconds_count{instance="a"}': '_x120' }],
];

/** Throws what promtool says if other alerts fire than expected. */
function expectFiring(alerts: readonly string[], minutes: number, wrong: Series = {}): void {
  const file = join(temporaryDirectory('promtool'), 'test.yaml');
  const series = Object.entries({ ...HEALTHY, ...wrong }).map(([name, values]) => ({ series: name, values }));
  const firing = {
    expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
    eval_time: `${minutes}m`,
    exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
  };
  const tests = [{ interval: '1m', input_series: series, promql_expr_test: [firing] }];
  writeFileSync(file, stringify({ rule_files: [join(ROOT, FILE)], evaluation_interval: '1m', tests }));
  execFileSync(String(findLanguage('promtool')), ['test', 'rules', file], { encoding: 'utf8', stdio: 'pipe' });
}

const missing = missingLanguage('promtool');
const options = { ...STARTS_PROGRAMS, skip: missing !== undefined };

describe(`the alerts${missing ? ` (skipped: ${missing})` : ''}`, options, () => {
  test('are all tried', () => {
    const rules = readYaml(FILE).groups.flatMap((group: { rules: { alert: string }[] }) => group.rules);
    const tried = new Set(SITUATIONS.map(([alert]) => alert));
    expect(tried).toEqual(new Set(rules.map(({ alert }: { alert: string }) => alert)));
  });

  test('do not fire while the service works', () => {
    for (const minutes of [5, 30, 120]) expectFiring([], minutes);
  });

  test.each(SITUATIONS)('%s fires within %i minutes of %j, and no other does', (alert, minutes, wrong) => {
    expectFiring([alert], minutes, wrong);
  });
});
