import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../../support/app.ts';
import { login, me } from '../../support/calls.ts';
import { type ApiClient, apiClient } from '../../support/client.ts';
import { PASSWORD, signUp } from '../../support/people.ts';

let app: TestApp;
let user: Awaited<ReturnType<typeof signUp>>;
beforeAll(async () => {
  app = await startApp();
  user = await signUp(app);
});
afterAll(() => app.close());

let requests = 0;
/** The access log's line of the request that the call makes. */
async function findLine(call: (client: ApiClient) => Promise<unknown>, headers: Record<string, string> = {}) {
  requests += 1;
  const requestId = `access-log-${requests}`;
  await call(apiClient(app.url, { headers: { 'x-request-id': requestId, ...headers } }));
  const find = () =>
    app.logged.map((line) => JSON.parse(line)).find((line) => line.msg === 'request' && line.requestId === requestId);
  await expect.poll(find).toBeDefined();
  return find();
}

test('the access log has the outcome: the type of the result, or the code of the error', async () => {
  const wrong = await findLine((client) => login(client, user.email, 'wrong-harbour-92-lantern'));
  expect(wrong).toMatchObject({ operation: 'Login', outcome: 'InvalidCredentials', status: 200 });
  expect(await findLine((client) => login(client, user.email, PASSWORD))).toMatchObject({ outcome: 'Authenticated' });
  expect(await findLine((client) => client.post({ query: '{ me { id } }' }))).toMatchObject({
    outcome: 'UNAUTHENTICATED',
  });
  expect(await findLine((client) => client.post({ query: '{ nothing }' }))).toMatchObject({
    outcome: 'GRAPHQL_VALIDATION_FAILED',
  });
  expect(await findLine((client) => client.post('{'))).toMatchObject({ outcome: 'BAD_REQUEST', status: 400 });
  const fine = await findLine((client) => me(client, user.accessToken));
  expect([fine.status, fine.outcome]).toEqual([200, undefined]);
});

test('the access log has the id of the user of the token, and of a session that begins', async () => {
  expect(await findLine((client) => me(client, user.accessToken))).toMatchObject({ userId: user.user.id });
  expect(await findLine((client) => login(client, user.email, PASSWORD))).toMatchObject({ userId: user.user.id });
  expect((await findLine((client) => me(client, `${user.accessToken}x`))).userId).toBeUndefined();
  expect((await findLine((client) => login(client, user.email, 'wrong-harbour-92-lantern'))).userId).toBeUndefined();
});

test('the access log has the trace id of a well-formed traceparent, and no other text of the caller', async () => {
  const [trace, parent] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
  const readLine = (traceparent: string) =>
    findLine((client) => me(client, user.accessToken), { traceparent, tracestate: 'canary=1' });
  const line = await readLine(`00-${trace}-${parent}-01`);
  expect(line.traceId).toBe(trace);
  expect(JSON.stringify(line)).not.toContain('canary');
  for (const malformed of [
    `00-${trace.toUpperCase()}-${parent}-01`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `ff-${trace}-${parent}-01`,
    `00-${trace}-${parent}`,
    `00-${trace}-${parent}-01-canary`,
    `00-${trace}x-${parent}-01`,
    'canary',
  ])
    expect(await readLine(malformed)).not.toHaveProperty('traceId');
  expect(app.logged.join('')).not.toContain('canary');
});
