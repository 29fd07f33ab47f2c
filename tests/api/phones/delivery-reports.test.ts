import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examineDeliveries } from '../../../src/cli/doctor/deliveries.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { expectType } from '../../support/client.ts';
import { type FreshDatabase, freshDatabase, openPostgresDatabase } from '../../support/databases.ts';
import { type EskizStandIn, eskizSettings, startEskiz } from '../../support/eskiz.ts';
import { requestOtp, uniquePhone } from '../../support/phones.ts';
import { rows } from '../../support/rows.ts';
import { describePostgres, postgresServer } from '../../support/servers.ts';

const PUBLIC_URL = 'https://auth.example.com';
let eskiz: EskizStandIn;
let app: TestApp;

/** Sends a code; returns the path at which Eskiz reports, and the row of the message. */
async function sendCode(target = app) {
  const phone = uniquePhone();
  expectType(await requestOtp(target.client(), { phone }), 'Challenge');
  const url = eskiz.lastForm().callback_url ?? '';
  expect(url).toMatch(/^https:\/\/auth\.example\.com\/sms\/status\/[0-9a-f-]{36}\/[\w-]{43}$/);
  const [, path = '', id = ''] = /^https:\/\/[^/]+(\/sms\/status\/([^/]+)\/.+)$/.exec(url) ?? [];
  const read = async () => {
    const [row] = await rows(
      target.app.services.db,
      sql`select state, report, last_error from outbox where id = ${id}`,
    );
    return row;
  };
  return { path, id, read };
}

const report = (path: string, fields: object, target = app) =>
  fetch(`${target.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message_id: '4385062', phone_number: '998901234567', ...fields }),
  });

const loggedLines = (): Record<string, unknown>[] => app.logged.map((line) => JSON.parse(line));

beforeAll(async () => {
  eskiz = await startEskiz();
  app = await startApp({ ...eskizSettings(eskiz), PUBLIC_URL });
});
afterAll(async () => {
  await app.close();
  await eskiz.close();
});

function describeReports() {
  test('updates the delivery of its message, with the reason (F36)', async () => {
    const { path, id, read } = await sendCode();
    expect(await read()).toEqual({ state: 'sent', report: null, last_error: null });
    expect((await report(path, { status: 'ACCEPTED' })).status).toBe(204);
    expect(await read()).toEqual({ state: 'sent', report: 'accepted', last_error: null });
    expect((await report(path, { status: 'UNDELIV' })).status).toBe(204);
    expect(await read()).toMatchObject({
      state: 'dead',
      report: 'failed',
      last_error: expect.stringContaining('UNDELIV'),
    });
    const line = loggedLines().find(({ sms, error }) => sms === id && String(error).includes('cannot be reached'));
    expect(line).toBeDefined();
    expect(JSON.stringify(line)).not.toContain('998901234567');
  });

  test.each([
    ['in order', ['STORED', 'ACCEPTED', 'DELIVRD'], 'delivered'],
    ['in reverse order', ['DELIVRD', 'ACCEPTED', 'STORED'], 'delivered'],
    ['with a failed part', ['DELIVRD', 'UNDELIV', 'REJECTD'], 'delivered'],
    ['with a failure first', ['EXPIRED', 'DELIVERED', 'NEW'], 'delivered'],
    ['of a failure, repeated', ['REJECTED', 'REJECTED', 'ACCEPTED'], 'failed'],
    ['of states that are not documented', ['FOO', '', 'ACCEPTED'], 'accepted'],
  ])('%s leads to the same result', async (_title, statuses, expected) => {
    const { path, read } = await sendCode();
    for (const status of statuses) expect((await report(path, { status })).status).toBe(204);
    expect(await read()).toMatchObject({ report: expected, state: expected === 'failed' ? 'dead' : 'sent' });
  });

  test('arriving ten times at once, in any order, changes the delivery once', async () => {
    const { path, id, read } = await sendCode();
    const statuses = [
      'ACCEPTED',
      'REJECTD',
      'STORED',
      'REJECTD',
      'NEW',
      'REJECTD',
      'ACCEPTED',
      'REJECTD',
      'NEW',
      'REJECTD',
    ];
    const responses = await Promise.all(statuses.map((status) => report(path, { status })));
    expect(responses.map(({ status }) => status)).toEqual(Array(10).fill(204));
    expect(await read()).toMatchObject({ state: 'dead', report: 'failed' });
    expect(loggedLines().filter(({ sms, msg }) => sms === id && /was not delivered/.test(String(msg)))).toHaveLength(1);
  });
}

describe('a delivery report', () => {
  describeReports();

  test('is accepted as a form, too', async () => {
    const { path, read } = await sendCode();
    const body = new URLSearchParams({ message_id: '1', status: 'DELIVRD' });
    expect((await fetch(app.url + path, { method: 'POST', body })).status).toBe(204);
    expect(await read()).toMatchObject({ report: 'delivered' });
  });

  test.each([
    ['with another secret', (path: string) => `${path.slice(0, -4)}AAAA`],
    ['without a secret', (path: string) => path.replace(/\/[^/]+$/, '/')],
    ['for another message', (path: string) => path.replace(/[0-9a-f]{4}(?=\/[\w-]+$)/, 'ffff')],
    ['for something that is not an id', (path: string) => path.replace(/status\/[^/]+/, 'status/1')],
  ])('%s is not found and changes nothing', async (_title, change) => {
    const { path, read } = await sendCode();
    expect((await report(change(path), { status: 'UNDELIV' })).status).toBe(404);
    expect(await read()).toMatchObject({ report: null });
  });

  test.each([
    ['not JSON', '{'],
    ['a list', '[1]'],
    ['nothing', 'null'],
    ['a nested status', '{"status":{"a":1}}'],
  ])('that is %s is ignored', async (_title, body) => {
    const { path, read } = await sendCode();
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(app.url + path, { method: 'POST', headers, body })).status).toBe(204);
    expect(await read()).toMatchObject({ report: null });
  });

  test('of more than 16 KiB, of another type or by GET is refused', async () => {
    const { path } = await sendCode();
    expect((await report(path, { status: 'DELIVRD', x: 'x'.repeat(17_000) })).status).toBe(413);
    expect((await fetch(app.url + path, { method: 'POST', body: 'status=DELIVRD' })).status).toBe(415);
    expect((await fetch(app.url + path)).status).toBe(404);
  });

  test('is not requested while PUBLIC_URL is localhost, because Eskiz cannot reach it', async () => {
    const local = await startApp(eskizSettings(eskiz));
    await requestOtp(local.client(), { phone: uniquePhone() });
    expect(eskiz.lastForm()).not.toHaveProperty('callback_url');
    await local.close();
  });
});

test('the doctor says why messages were not delivered in the last day (F36)', async () => {
  for (const status of ['UNDELIV', 'UNDELIV', 'EXPIRED']) await report((await sendCode()).path, { status });
  const texts = (await examineDeliveries(app.app.services.db)).map(({ text }) => text);
  expect(texts.join('\n')).toMatch(/not delivered in the last day: \d+ \(Eskiz: UNDELIV, the number cannot be reached/);
  expect(texts.join('\n')).toMatch(
    /not delivered in the last day: \d+ \(Eskiz: EXPIRED, the phone could not be reached/,
  );
});

test('a text that is not approved is refused, and the log, the row and the doctor name it (F36)', async () => {
  eskiz.moderates = true;
  const phone = uniquePhone();
  expectType(await requestOtp(app.client(), { phone }), 'SmsUnavailable');
  eskiz.moderates = false;
  const [message] = await app.mail(phone);
  const [row] = await rows(app.app.services.db, sql`select last_error from outbox where id = ${message?.id ?? ''}`);
  expect(row?.last_error).toContain('the text is not approved');
  expect(loggedLines().some(({ sms, error }) => sms === message?.id && /not approved/.test(String(error)))).toBe(true);
  const findings = (await examineDeliveries(app.app.services.db)).map(({ text }) => text);
  expect(findings.join('\n')).toMatch(/not delivered in the last day: 1 \(Eskiz: .*the text is not approved/);
  // The gateway is not paused: other texts may be approved.
  await sendCode();
});

describePostgres('on PostgreSQL', () => {
  let fresh: FreshDatabase;
  let embedded: TestApp;
  beforeAll(async () => {
    fresh = await freshDatabase(await postgresServer());
    embedded = app;
    app = await startApp({ ...eskizSettings(eskiz), PUBLIC_URL }, { database: await openPostgresDatabase(fresh.url) });
  });
  afterAll(async () => {
    await app.close();
    app = embedded;
    await fresh.drop();
  });
  describeReports();
});
