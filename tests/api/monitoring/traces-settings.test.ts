import { describe, expect, test } from 'vitest';
import { startApp } from '../../support/app.ts';
import { startCollector } from '../../support/collector.ts';
import { freePort } from '../../support/ports.ts';
import { closeLater, postTraced, startTracedApp, TRACE } from '../../support/traced-app.ts';

describe('settings', () => {
  test('a sampler that records nothing sends nothing', async () => {
    for (const env of [
      { OTEL_TRACES_SAMPLER: 'always_off' },
      { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' },
    ]) {
      const { app, collector } = await startTracedApp(env);
      await postTraced(app, { query: '{ health { status } }' });
      await app.close();
      expect(collector.requests).toEqual([]);
    }
  });

  test('a caller that has decided is followed by default', async () => {
    const { app, collector } = await startTracedApp({
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0',
    });
    await app.client().post({ query: '{ health { status } }' });
    await postTraced(app, { query: '{ health { status } }' });
    await app.close();
    expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  });

  test('name the service, and carry the credentials of the collector', async () => {
    const { app, collector } = await startTracedApp({
      OTEL_SERVICE_NAME: 'auth',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=staging%2C%20eu',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%3Db, x-team = auth ',
    });
    await app.client().post({ query: '{ health { status } }' });
    await app.close();
    expect((await collector.span('POST /graphql')).resource).toMatchObject({
      'service.name': 'auth',
      'deployment.environment.name': 'staging, eu',
    });
    expect(collector.requests[0]?.headers).toMatchObject({ 'api-key': 'a=b', 'x-team': 'auth' });
  });

  test('OTEL_SDK_DISABLED turns traces off', async () => {
    const { app, collector } = await startTracedApp({ OTEL_SDK_DISABLED: 'TRUE', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
    await app.client().post({ query: '{ health { status } }' });
    await app.close();
    expect(collector.requests).toEqual([]);
  });
});

test('a collector that cannot be reached delays no request', async () => {
  const app = await startApp({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
  for (let count = 0; count < 5; count++)
    expect((await app.client().post({ query: '{ health { status } }' })).status).toBe(200);
  await app.close();
});

test('a collector that refuses spans is named in the log once, without its answer', async () => {
  const collector = await startCollector({ status: 401 });
  closeLater(collector.close);
  const app = await startApp({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  await app.client().post({ query: '{ health { status } }' });
  await app.close();
  const lines = app.logged.filter((line) => line.includes('traces cannot be sent'));
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain('canary');
});
