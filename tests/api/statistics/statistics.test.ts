import { afterAll, beforeAll, expect, test } from 'vitest';
import { StatisticsDocument } from '../../../schema/generated/graphql.ts';
import { after, HOUR, MINUTE, SECOND } from '../../../src/core/clock.ts';
import { newId } from '../../../src/core/ids.ts';
import { auditEvents } from '../../../src/infra/db/tables.ts';
import { signInWithRoles, type UserWithRoles } from '../../support/admins.ts';
import { startApp, type TestApp } from '../../support/app.ts';
import { testClock } from '../../support/clock.ts';
import { insertMessage, insertWebhook } from '../../support/deliveries.ts';

const clock = testClock();
let app: TestApp;
let admin: UserWithRoles;
/** The start of the hour that is running, of which half is over. */
let running: Date;
beforeAll(async () => {
  running = new Date(Math.ceil(clock.now().getTime() / HOUR) * HOUR);
  clock.advance(running.getTime() + HOUR / 2 - clock.now().getTime());
  app = await startApp({}, { clock });
  admin = await signInWithRoles(app, 'ADMIN');
});
afterAll(() => app.close());

const db = () => app.app.services.db;
const count = async (hours?: number) => {
  const variables = { hours: hours ?? null };
  return (await admin.client.request(StatisticsDocument, variables, { token: admin.token })).statistics;
};

type Event = typeof auditEvents.$inferInsert;

/** @param hour such as -1, the one before the one that is running */
async function insertEvent(hour: number, type: string, outcome: string, values: Partial<Event> = {}): Promise<void> {
  const at = after(running, hour * HOUR + 10 * MINUTE);
  await db()
    .insert(auditEvents)
    .values({ id: newId(at), at, type, outcome, method: 'password', ...values });
}

test('counts sign-ins by method and outcome, with repeated refusals, and completed sign-ups', async () => {
  await insertEvent(-3, 'sign-in', 'succeeded');
  await insertEvent(-2, 'sign-in', 'succeeded');
  await insertEvent(-2, 'sign-in', 'succeeded');
  await insertEvent(-2, 'sign-in', 'succeeded', { method: 'passkey' });
  await insertEvent(-1, 'sign-in', 'wrong-credentials', { count: 40 });
  await insertEvent(-1, 'sign-in', 'wrong-credentials', { count: 2 });
  await insertEvent(-1, 'sign-in', 'limited', { method: null });
  await insertEvent(-1, 'sign-up', 'completed');
  await insertEvent(-1, 'sign-up', 'completed', { method: 'social' });
  await insertEvent(-1, 'sign-up', 'requested');
  await insertEvent(-1, 'password-reset', 'succeeded');
  expect(await count(3)).toMatchObject({
    hours: [-2, -1, 0].map((hour) => after(running, hour * HOUR).toISOString()),
    signIns: [
      { method: 'passkey', outcome: 'succeeded', counts: [1, 0, 0] },
      { method: 'password', outcome: 'succeeded', counts: [2, 0, 1] }, // The last one is the administrator's.
      { method: 'password', outcome: 'wrong-credentials', counts: [0, 42, 0] },
      { method: null, outcome: 'limited', counts: [0, 1, 0] },
    ],
    signUps: [0, 2, 0],
  });
});

test('counts deliveries by channel and state, and says since when those that were sent are kept', async () => {
  const at = (hour: number) => after(running, hour * HOUR + MINUTE);
  await insertMessage(db(), { state: 'sent' }, at(-5));
  await insertMessage(db(), { state: 'sent' }, at(-5));
  await insertMessage(db(), { state: 'sent' }, at(-24)); // Of an hour of which others may be gone.
  await insertMessage(db(), { state: 'dead', channel: 'SMS' }, at(-24));
  await insertMessage(db(), { state: 'discarded' }, at(-5));
  await insertWebhook(db(), { state: 'sent' }, at(-24));
  await insertWebhook(db(), { state: 'dead' }, at(-4));
  const { deliveries, hours } = await count(25);
  const shown = deliveries.map(({ counts, countedSince, ...kind }) => ({
    ...kind,
    since: countedSince === hours[0] ? -24 : (Date.parse(countedSince) - running.getTime()) / HOUR,
    counts: counts.flatMap((one, index) => (one > 0 ? [[index - 24, one]] : [])),
  }));
  expect(shown).toEqual([
    { channel: 'MAIL', state: 'SENT', since: -23, counts: [[-5, 2]] },
    { channel: 'SMS', state: 'GIVEN_UP', since: -24, counts: [[-24, 1]] },
    { channel: 'WEBHOOK', state: 'GIVEN_UP', since: -24, counts: [[-4, 1]] },
    { channel: 'WEBHOOK', state: 'SENT', since: -24, counts: [[-24, 1]] },
  ]);
});

test('counts a finished hour once, and what can change again after 30 seconds', async () => {
  const countsOf = async () => {
    const { signUps, deliveries } = await count(5);
    return {
      signUps,
      given: deliveries.find(({ channel, state }) => channel === 'WEBHOOK' && state === 'GIVEN_UP')?.counts,
    };
  };
  expect(await countsOf()).toEqual({ signUps: [0, 0, 0, 2, 0], given: [1, 0, 0, 0, 0] });
  await insertEvent(-1, 'sign-up', 'completed');
  await insertEvent(0, 'sign-up', 'completed');
  await insertWebhook(db(), { state: 'dead' }, after(running, -4 * HOUR + MINUTE));
  expect(await countsOf()).toEqual({ signUps: [0, 0, 0, 2, 0], given: [1, 0, 0, 0, 0] });
  clock.advance(31 * SECOND);
  expect(await countsOf()).toEqual({ signUps: [0, 0, 0, 2, 1], given: [2, 0, 0, 0, 0] });
});

test('counts the last day by default, and at most a week', async () => {
  expect((await count()).hours).toHaveLength(24);
  const { signUps, signIns, deliveries } = await count(168);
  for (const counts of [signUps, ...[...signIns, ...deliveries].map((series) => series.counts)])
    expect(counts).toHaveLength(168);
  for (const hours of [0, 169, -1]) await expect(count(hours)).rejects.toThrow('BAD_USER_INPUT');
});
