import { expect, test } from 'vitest';
import { METRICS, type MetricDefinition } from '../../src/infra/metrics/metric-table.ts';

const metrics = Object.entries<MetricDefinition>(METRICS).map(([name, definition]) => ({ name, ...definition }));

test.each(metrics)('the name of $name follows the conventions of Prometheus', ({ name, kind, help, labels }) => {
  expect(name).toMatch(/^latchkey_[a-z]+(?:_[a-z]+)*$/);
  expect(name.endsWith('_total')).toBe(kind === 'counter');
  if (kind === 'histogram') expect(name).toMatch(/_seconds$/);
  expect(name).not.toMatch(/_(?:count|sum|bucket|milliseconds|ms)(?:_|$)/);
  for (const label of labels) expect(label).toMatch(/^[a-z]+$/);
  expect(labels).not.toContain('le');
  expect(help).toMatch(/^[A-Z].*\.$/);
});

test.each(metrics)('no label of $name is about a user', ({ labels }) => {
  const allowed = [
    ...['version', 'dependency', 'route', 'method', 'status', 'operation', 'outcome', 'limit', 'duty', 'channel'],
    ...['to', 'sweep'],
  ];
  expect(allowed).toEqual(expect.arrayContaining([...labels]));
});
