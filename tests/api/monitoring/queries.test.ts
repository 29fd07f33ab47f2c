import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { METRICS, type MetricDefinition } from '../../../src/infra/metrics/metric-table.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { type FreshDatabase, freshDatabase } from '../../support/databases.ts';
import { type Exposition, scrape } from '../../support/exposition.ts';
import { PASSWORD, signUp } from '../../support/people.ts';
import { listMetrics } from '../../support/promql.ts';
import { eventually } from '../../support/server-process.ts';
import { describeServers, postgresServer, redisServer } from '../../support/servers.ts';
import { refreshTokens } from '../../support/sessions.ts';
import { type SmtpStandIn, startSmtp } from '../../support/smtp.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Alert {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
}
interface Panel {
  title: string;
  type: string;
  targets?: { expr: string }[];
}

const alerts = (parse(read('deploy/prometheus/alerts.yaml')) as { groups: { rules: Alert[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
const { panels } = JSON.parse(read('deploy/grafana/latchkey.json')) as { panels: Panel[] };
const graphs = panels.filter(({ type }) => type !== 'row');
/** Grafana replaces its variables before it sends a query. */
const withoutVariables = (expr: string) => expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*');
const queries = [
  ...alerts.map(({ alert, expr }) => ({ where: alert, expr })),
  ...graphs.flatMap(({ title, targets = [] }) =>
    targets.map(({ expr }) => ({ where: `panel "${title}"`, expr: withoutVariables(expr) })),
  ),
];

describe('the alerts and the dashboard', () => {
  test.each(queries)('have valid queries: $where', ({ expr }) => {
    expect(listMetrics(expr).length).toBeGreaterThan(0);
  });

  test('each alert has a section in the runbook, and the runbook has no other', () => {
    const headings = [...read('docs/runbook.md').matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    expect(headings.toSorted()).toEqual(alerts.map(({ alert }) => alert).toSorted());
    for (const { alert, annotations, labels } of alerts) {
      expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
      expect(['critical', 'warning']).toContain(labels.severity);
    }
  });

  test('the dashboard shows every metric of the service', () => {
    const shown = new Set(graphs.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => familiesOf(expr))));
    expect(Object.keys(METRICS).filter((name) => !shown.has(name))).toEqual([]);
  });
});

const familiesOf = (expr: string): string[] =>
  listMetrics(withoutVariables(expr)).map((name) => name.replace(/_(?:bucket|count|sum)$/, ''));

describeServers('the queries of alerts and dashboard', ['postgres', 'redis'], () => {
  let database: FreshDatabase;
  let smtp: SmtpStandIn;
  let app: TestApp;
  let exposition: Exposition;
  beforeAll(async () => {
    database = await freshDatabase(await postgresServer());
    smtp = await startSmtp();
    app = await startApp({
      DATABASE_URL: database.url,
      REDIS_URL: await redisServer(),
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Example <no-reply@example.com>',
      LOGIN_BUDGET_ACCOUNT: '1/15m',
      METRICS_PORT: '0',
    });
    const { client, email, accessToken, refreshToken } = await signUp(app);
    await me(client, accessToken);
    await refreshTokens(client, refreshToken);
    for (const _ of [1, 2, 3]) await login(client, email, `wrong-${PASSWORD}`);
    await app.app.prune();
    // The mail is sent after the response.
    exposition = await eventually(async () => {
      const scraped = await scrape(app);
      if (!scraped.samples.some(({ name }) => name === 'latchkey_outgoing_requests_total'))
        throw new Error('no mail has been sent');
      return scraped;
    });
  });
  afterAll(async () => {
    await app?.close();
    await Promise.all([database?.drop(), smtp?.close()]);
  });

  test.each(queries)('find their metrics in a scrape: $where', ({ expr }) => {
    /** Prometheus itself writes it. */
    const ofPrometheus = ['up'];
    const names = new Set(exposition.samples.map(({ name }) => name));
    for (const name of listMetrics(expr)) if (!ofPrometheus.includes(name)) expect(names).toContain(name);
  });

  test('select only labels that the metrics have', () => {
    for (const { where, expr } of queries) {
      const labels = [...expr.matchAll(/(\w+)(?:_bucket|_count)?\{([^}]*)\}/g)].flatMap(([, name = '', list = '']) =>
        [...list.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => ({ name, label })),
      );
      for (const { name, label } of labels) {
        const known = Object.entries<MetricDefinition>(METRICS).find(
          ([each]) => each === name.replace(/_(?:bucket|count)$/, ''),
        );
        // Prometheus adds them to every sample.
        if (known) expect(['instance', 'job', ...known[1].labels], where).toContain(label);
      }
    }
  });
});
