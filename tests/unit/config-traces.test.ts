import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { loadTestConfig } from '../support/config.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };
const tracesOf = (env: Record<string, string>) => loadTestConfig(env).traces;
const errorsOf = (env: Record<string, string>): string[] => {
  const loaded = loadConfig({ ...ENDPOINT, ...env });
  return 'errors' in loaded ? loaded.errors : [];
};

test('nothing is traced without an endpoint', () => {
  expect(tracesOf({})).toBeUndefined();
  expect(tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBeUndefined();
  expect(tracesOf({ ...ENDPOINT, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
  expect(tracesOf({ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
});

test('the endpoint of all signals is a base; that of traces is used as it is', () => {
  expect(tracesOf(ENDPOINT)?.url).toBe('http://collector:4318/v1/traces');
  expect(tracesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector/base/' })?.url).toBe(
    'https://collector/base/v1/traces',
  );
  expect(tracesOf({ ...ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://other/path' })?.url).toBe(
    'http://other/path',
  );
});

test('the defaults are those of the specification', () => {
  expect(tracesOf({ ...ENDPOINT, OTEL_SDK_DISABLED: '1' })).toEqual({
    url: 'http://collector:4318/v1/traces',
    protocol: 'http/protobuf',
    headers: {},
    serviceName: 'latchkey',
    resource: {},
    sampler: { kind: 'all', followsCaller: true, ratio: 1 },
  });
});

test('variables for traces take precedence over those for all signals', () => {
  const traces = tracesOf({
    ...ENDPOINT,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'key=all',
    OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'key=traces',
  });
  expect(traces).toMatchObject({ protocol: 'http/json', headers: { key: 'traces' } });
});

test.each<[Record<string, string>, RegExp]>([
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, /^OTEL_EXPORTER_OTLP_PROTOCOL .*: grpc is not supported/],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, /^OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL/],
  [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, /^OTEL_TRACES_SAMPLER must be one of always_on, /],
  [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, /^OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1/],
  [{ OTEL_TRACES_EXPORTER: 'zipkin' }, /^OTEL_TRACES_EXPORTER must be otlp or none/],
  [{ OTEL_EXPORTER_OTLP_HEADERS: 'canary' }, /^OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs/],
  [{ OTEL_RESOURCE_ATTRIBUTES: 'a=%' }, /^OTEL_RESOURCE_ATTRIBUTES must be name=value pairs/],
])('reports %o', (env, problem) => {
  expect(errorsOf(env)).toEqual([expect.stringMatching(problem)]);
  expect(errorsOf(env).join()).not.toContain('canary');
  // Platforms set the variables for all programs.
  expect(errorsOf({ ...env, OTEL_SDK_DISABLED: 'true' })).toEqual([]);
});
